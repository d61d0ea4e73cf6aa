using System.Text.Json;

namespace CellLab.HardwareSim.Control;

internal static class ControlJson
{
    /// <summary>One line, snake case.</summary>
    public static JsonSerializerOptions Line { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
