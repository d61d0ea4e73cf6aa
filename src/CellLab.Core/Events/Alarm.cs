using CellLab.Core.Jobs;

namespace CellLab.Core.Events;

public enum AlarmSeverity { Warning, Critical }

/// <summary>A latched message that a person has to see. <paramref name="Id"/> is stable per source (for example <c>protect-cycler1-27-1-1</c>), so a
/// source that raises again does not add a second one. It stays until it is acknowledged and its cause is gone.</summary>
public sealed record Alarm(
    string Id,
    AlarmSeverity Severity,
    string Text,
    JobId? Job,
    string? Device,
    DateTimeOffset RaisedAtUtc,
    bool Active,
    DateTimeOffset? AcknowledgedAtUtc = null,
    string? AcknowledgedBy = null,
    string? Note = null)
{
    /// <summary>Acknowledged and its cause gone: the retained message is cleared.</summary>
    public bool IsOver => !Active && AcknowledgedAtUtc is not null;

    /// <summary>Until then (wall time) nobody is told of it outside: somebody knows. It stays in every list.</summary>
    public DateTimeOffset? ShelvedUntilUtc { get; init; }

    public string? ShelvedBy { get; init; }

    /// <summary>Why.</summary>
    public string? ShelfNote { get; init; }

    public bool IsShelved(DateTimeOffset wallUtc) => ShelvedUntilUtc > wallUtc;
}
