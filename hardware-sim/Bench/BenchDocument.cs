using System.Text.Json;
using CellLab.HardwareSim.Cells;

namespace CellLab.HardwareSim.Bench;

/// <summary>A bench file as it stands; every instrument's members are read by its own kind.</summary>
internal sealed record BenchDocument
{
    public string Site { get; init; } = "bench";
    public string Node { get; init; } = "bench";
    public int HttpPort { get; init; } = 8070;
    public int MqttPort { get; init; } = 18830;
    /// <summary>Where every random stream of the bench comes from.</summary>
    public ulong Seed { get; init; } = 1;
    /// <summary>Cells that instruments name by <c>cell</c>; one that several name is shared.</summary>
    public IReadOnlyList<BenchCell> Cells { get; init; } = [];
    public IReadOnlyList<JsonElement> Devices { get; init; } = [];
}

/// <summary>What every instrument of a bench file has.</summary>
internal sealed record DeviceHead(string Id, string Driver);
