using System.Text.Json;
using System.Text.Json.Serialization;
using CellLab.Core.Events;

namespace CellLab.Messaging.Payloads;

/// <param name="TUtc">Lab time; <paramref name="WallUtc"/> is wall time.</param>
/// <param name="Data">What belongs to this kind of event; null without.</param>
public sealed record EventPayload(
    long Number, string? Job, string? Device, string Kind, string Text, DateTimeOffset TUtc, DateTimeOffset WallUtc, JsonElement? Data) : IPayload
{
    public static string SchemaName => "celllab/event/1";

    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = SchemaName;

    public static EventPayload Of(JobEvent happened) => new(
        happened.Number, happened.Job?.Value, happened.Device, happened.Kind, happened.Text, happened.AtUtc, happened.WallUtc,
        happened.DataJson is null ? null : JsonElement.Parse(happened.DataJson));
}

/// <param name="Severity"><c>warning</c> or <c>critical</c>.</param>
/// <param name="Active">The cause still holds.</param>
public sealed record AlarmPayload(
    string Id, string Severity, string Text, string? Job, string? Device, DateTimeOffset RaisedUtc, bool Active,
    DateTimeOffset? AcknowledgedUtc, string? AcknowledgedBy, string? Note, DateTimeOffset? ShelvedUntilUtc = null, string? ShelvedBy = null) : IPayload
{
    public static string SchemaName => "celllab/alarm/1";

    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = SchemaName;

    public static AlarmPayload Of(Alarm alarm) => new(
        alarm.Id, alarm.Severity.ToString().ToLowerInvariant(), alarm.Text, alarm.Job?.Value, alarm.Device, alarm.RaisedAtUtc, alarm.Active,
        alarm.AcknowledgedAtUtc, alarm.AcknowledgedBy, alarm.Note, alarm.ShelvedUntilUtc, alarm.ShelvedBy);
}
