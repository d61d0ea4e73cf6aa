using System.Text.Json;
using CellLab.Core.Events;

namespace CellLab.Service.Rest;

internal sealed record EventList(IReadOnlyList<EventView> Events);

/// <summary>Something that happened: <paramref name="AtUtc"/> in lab time, <paramref name="WallUtc"/> in wall time.</summary>
internal sealed record EventView(
    long Number, DateTimeOffset AtUtc, DateTimeOffset WallUtc, string? Job, string? Device, string Kind, string Text, JsonElement? Data)
{
    public static EventView Of(JobEvent happened) => new(
        happened.Number, happened.AtUtc, happened.WallUtc, happened.Job?.Value, happened.Device, happened.Kind, happened.Text, DataOf(happened));

    private static JsonElement? DataOf(JobEvent happened) =>
        happened.DataJson is { } text ? JsonSerializer.Deserialize<JsonElement>(text) : null;
}
