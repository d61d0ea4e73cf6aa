using System.Text.Json.Serialization;
using CellLab.Core.Time;

namespace CellLab.Messaging.Payloads;

/// <param name="StartCount">How often this node has been started; null in the will, where only the status counts.</param>
/// <param name="Status"><c>online</c> or <c>offline</c>.</param>
/// <param name="LabSpeed">Lab seconds per wall second; 1 on a real bench.</param>
public sealed record NodeStatusPayload(
    string Node, string Status, long? StartCount, string? Version, double? LabSpeed, DateTimeOffset? TUtc, DateTimeOffset? WallUtc) : IPayload
{
    public static string SchemaName => "celllab/node-status/1";

    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = SchemaName;

    public static NodeStatusPayload Online(string node, long startCount, string version, Clocks clocks) =>
        new(node, "online", startCount, version, clocks.Lab.Speed, clocks.Lab.GetUtcNow(), clocks.Wall.GetUtcNow());

    public static NodeStatusPayload Offline(string node) => new(node, "offline", null, null, null, null, null);
}
