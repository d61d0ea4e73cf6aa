namespace CellLab.Core.Devices;

/// <summary>What a trigger output can tell.</summary>
/// <param name="Acknowledgement">Where the start of an exposure is seen.</param>
/// <param name="TellsReady">Says whether the next pattern can be started.</param>
/// <param name="PollInterval">How often, in lab time, reading makes sense while a handshake is open.</param>
public sealed record TriggerTraits(TriggerAcknowledgement Acknowledgement, bool TellsReady, TimeSpan PollInterval);

/// <summary>How an exposure shows that it runs.</summary>
public enum TriggerAcknowledgement
{
    /// <summary>It does not: the state follows the clock.</summary>
    None,

    /// <summary>A busy contact.</summary>
    Busy,

    /// <summary>The answer on a protocol.</summary>
    Line,
}
