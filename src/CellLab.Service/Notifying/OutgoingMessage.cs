using CellLab.Core.Events;

namespace CellLab.Service.Notifying;

public enum MessageKind
{
    Alarm,

    /// <summary>Nobody has acknowledged it.</summary>
    Escalation,

    Digest,
}

/// <summary>One message on its way to one target. <paramref name="Key"/> says what event it tells of: no second one with the same key goes to the same target.</summary>
public sealed record OutgoingMessage(
    string Key, string Target, MessageKind Kind, string Subject, string Text, string? Alarm, AlarmSeverity? Severity, DateTimeOffset CreatedUtc, DateTimeOffset DueUtc)
{
    public int Attempts { get; init; }

    public string? Job { get; init; }

    public string? Device { get; init; }
}
