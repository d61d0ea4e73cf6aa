using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Service.Offline.Preview;

/// <summary>On which cell, channel and day a program is rehearsed.</summary>
public sealed record RehearsalSetup
{
    /// <summary>One of <see cref="ProtocolRehearsal.Cells"/>, in any case; null for a plain estimate.</summary>
    public string? Cell { get; init; }

    /// <summary>Null where only the cell's capacity is known.</summary>
    public CRateBase? Base { get; init; }

    /// <summary>The base is that of a registered sample: its mass was held against its holder then.</summary>
    public bool MassIsRegistered { get; init; }

    /// <summary>Null when no channel is chosen.</summary>
    public ChosenChannel? Chosen { get; init; }

    public ChannelCapability? Channel => Chosen?.Capability;

    public DateTimeOffset StartsAt { get; init; }

    public double? ActiveMassMilligrams => Base?.ActiveMassMilligrams;

    /// <summary>What the channel decides alone; one that is not known is taken for an instrument that runs programs by itself.</summary>
    internal ExecutorAbility ExecutorOf(CellProgram program) => ExecutorAbility.For(program, Channel is { SteppedByService: true });

    internal CurrentAccuracy Accuracy => (Channel is null ? CompileOptions.None : CompileOptions.For(Channel)).Accuracy;
}
