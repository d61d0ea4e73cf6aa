using CellLab.Core.Devices;

namespace CellLab.Core.Protocols;

/// <summary>What besides the protocol and the C-rate base decides how it is compiled.</summary>
public sealed record CompileOptions
{
    public static CompileOptions None { get; } = new();

    /// <summary>What 1C draws for one hour, for conversions without a sample's mass; a C-rate base wins over it.</summary>
    public double? CapacityAmpereHours { get; init; }

    /// <summary>The instrument's own format that the program is written in, where no channel is chosen; see <see cref="ChannelCapability.ProgramFormat"/>.</summary>
    public string? ProgramFormat { get; init; }

    /// <summary>What the channel cannot carry out of an instrument's own file is left out with a warning.</summary>
    public bool AcceptsLosses { get; init; }

    /// <summary>Largest current of the channel: a programmed current above it is an error; null when it is not known.</summary>
    public double? CurrentRangeAmperes { get; init; }

    /// <summary>The channel that is to run it; null when none is chosen yet.</summary>
    public ChannelCapability? Channel { get; init; }

    /// <summary>What no tester's program can do is a warning: for checks of a file that may run elsewhere.</summary>
    public bool ToleratesWhatCannotRun { get; init; }

    /// <summary>No channel is chosen, and a current above all ranges of <see cref="Accuracy"/> is an error all the same: for checks and rehearsals by people.</summary>
    public bool AssumesRanges { get; init; }

    /// <summary>The base is that of a registered sample: its mass was held against its holder then.</summary>
    public bool MassIsRegistered { get; init; }

    /// <summary>What the cell sits in, where the pipeline says it: a pouch may weigh more than a disc.</summary>
    public string? Holder { get; init; }

    /// <summary>Steps of other instruments and of people are no finding: for rehearsals.</summary>
    public bool KeepsOtherInstruments { get; init; }

    /// <summary>The pipeline that is to run it; null when none is chosen yet.</summary>
    public PipelineRoles? Pipeline { get; init; }

    /// <summary>The base is a stand-in: no figure that comes from it is told.</summary>
    internal bool WithoutFigures { get; init; }

    /// <summary>Ranges and errors of the channel's current measurement.</summary>
    public CurrentAccuracy Accuracy { get; init; } = CurrentAccuracy.Default;

    /// <summary>For a protocol that a person holds against a channel, or against the assumed ranges while none is chosen.</summary>
    public static CompileOptions ForPerson(ChannelCapability? channel, PipelineRoles? pipeline = null) =>
        channel is null ? None with { AssumesRanges = true } : For(channel) with { Pipeline = pipeline };

    /// <summary>For a chosen channel: its ranges, voltages and kinds of step hold.</summary>
    public static CompileOptions For(ChannelCapability channel) => new()
    {
        Channel = channel,
        CurrentRangeAmperes = channel.MaxAmperes,
        Accuracy = channel.CurrentRangesAmperes.Count > 0 ? new CurrentAccuracy { RangesAmperes = channel.CurrentRangesAmperes } : CurrentAccuracy.Default,
    };
}
