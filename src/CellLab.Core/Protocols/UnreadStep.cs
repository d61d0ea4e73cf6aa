using CellLab.Core.Documents;

namespace CellLab.Core.Protocols;

/// <summary>Stands for an entry that could not be read, or was refused: its neighbours keep their places, and nothing more is said of it.</summary>
internal sealed record UnreadStep(int Entry, SourcePosition At) : ProtocolStep(Entry, At, null)
{
    public override string Kind => "unread";

    /// <summary>The protocol with every step that an error names replaced.</summary>
    public static Protocol InPlaceOfErrors(Protocol protocol, IReadOnlyList<Finding> errors)
    {
        var places = errors.Select(error => (error.Line, error.Column)).ToHashSet();
        return protocol with
        {
            IsPartial = true,
            Limits = Sensible(protocol.Limits),
            Steps = [.. protocol.Steps.Select(step => step is not (TagMark or LoopBack) && places.Contains((step.At.Line, step.At.Column)) ? new UnreadStep(step.Entry, step.At) : step)],
        };
    }

    /// <summary>Without pairs of limits that were refused: no cut-off lies between them.</summary>
    private static ProtocolLimits Sensible(ProtocolLimits limits)
    {
        ProtocolLimits volts = limits.MaxVolts <= limits.MinVolts ? limits with { MaxVolts = null, MinVolts = null } : limits;
        return volts.MaxAmperes <= volts.MinAmperes ? volts with { MaxAmperes = null, MinAmperes = null } : volts;
    }
}
