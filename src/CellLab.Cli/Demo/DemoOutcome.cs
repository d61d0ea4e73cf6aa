using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;

namespace CellLab.Cli.Demo;

/// <summary>What one job of the demo came to. <paramref name="Answer"/> and <paramref name="Cycles"/> are the service's last words.</summary>
internal sealed record DemoOutcome(DemoCell Cell, JsonElement Answer, JsonElement Cycles, IReadOnlyList<Comparison> Comparisons)
{
    public string Job => Answer.TextOf("job") ?? "";

    public string State => Answer.TextOf("state") ?? "";

    public string? Verdict => Answer.TextOf("verdict");

    /// <summary>Completed without a gap, and every value within its tolerance.</summary>
    public bool IsGood => State == "Completed" && Verdict == "complete" && Comparisons.All(row => row.IsWithin);

    public string Counts => $"{Count("acquired")} acquired = {Count("stored")} stored = {Count("published")} published = {Count("analysed")} analysed";

    public JsonNode ToJson() => new JsonObject
    {
        ["job"] = Job,
        ["sample"] = new JsonObject { ["name"] = Cell.Sample },
        ["state"] = State,
        ["verdict"] = Verdict,
        ["counts"] = Node(Answer.At("counts")),
        ["cycles"] = Node(Cycles.At("cycles")),
    };

    private static JsonNode? Node(JsonElement? element) => element is { } present ? JsonNode.Parse(present.GetRawText()) : null;

    private string Count(string name) => Answer.TextOf("counts." + name) ?? "0";
}
