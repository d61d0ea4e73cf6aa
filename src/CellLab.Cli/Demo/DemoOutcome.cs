using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;

namespace CellLab.Cli.Demo;

/// <summary>What one job of the demo came to.</summary>
internal sealed record DemoOutcome(string Sample, DemoAnswers Answers, DemoFigures Figures)
{
    public string Job => Answers.Job.TextOf("job") ?? "";

    public string State => Answers.Job.TextOf("state") ?? "";

    public string? Verdict => Answers.Job.TextOf("verdict");

    public IReadOnlyList<Comparison> Comparisons => Figures.Comparisons;

    public IReadOnlyList<string> Notes => Figures.Notes;

    /// <summary>Completed without a gap, and every value within its tolerance.</summary>
    public bool IsGood => State == "Completed" && Verdict == "complete" && Comparisons.All(row => row.IsWithin);

    public string Counts => $"{Count("acquired")} acquired = {Count("stored")} stored = {Count("published")} published = {Count("analysed")} analysed";

    public JsonNode ToJson()
    {
        var job = new JsonObject
        {
            ["job"] = Job,
            ["sample"] = new JsonObject { ["name"] = Sample },
            ["state"] = State,
            ["verdict"] = Verdict,
            ["counts"] = Node(Answers.Job.At("counts")),
            ["cycles"] = Node(Answers.Cycles.At("cycles")),
        };
        foreach ((string name, JsonNode? value) in Figures.Members)
        {
            job[name] = value?.DeepClone();
        }

        return job;
    }

    private static JsonNode? Node(JsonElement? element) => element is { } present ? JsonNode.Parse(present.GetRawText()) : null;

    private string Count(string name) => Answers.Job.TextOf("counts." + name) ?? "0";
}
