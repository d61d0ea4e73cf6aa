namespace CellLab.Core.Devices;

/// <summary>What became of one pulse.</summary>
/// <param name="SentAtUtc">Lab time just before the write (t_out).</param>
/// <param name="AnsweredAtUtc">Lab time after the answer (t_out_ack); null when none came.</param>
/// <param name="Uncertainty">Half of the wall time between write and answer, or what is known of it: of the start, without the polling of busy.</param>
/// <param name="Repeated">The same id was asked for again; nothing was sent.</param>
/// <param name="Note">What a technician should know: a contact that does not open, a lost answer. Null when all is well.</param>
public sealed record TriggerReceipt(
    string Id, PulseOutcome Outcome, DateTimeOffset SentAtUtc, DateTimeOffset? AnsweredAtUtc, TimeSpan Uncertainty, bool Repeated = false, string? Note = null);

public enum PulseOutcome
{
    /// <summary>The write was answered.</summary>
    Answered,

    /// <summary>The answer was lost, but the output or the instrument shows that the pulse came.</summary>
    Seen,

    /// <summary>The answer was lost and nothing shows whether the pulse came. It is not repeated.</summary>
    Unconfirmed,
}
