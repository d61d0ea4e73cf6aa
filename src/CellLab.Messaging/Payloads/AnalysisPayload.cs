using System.Text.Json;
using System.Text.Json.Serialization;

namespace CellLab.Messaging.Payloads;

/// <summary>One result of one analysis. The members of <paramref name="Result"/> are the analysis's own, with the version of its method and
/// everything that went in; they are those of the REST resource <c>/analysis/{kind}</c>.</summary>
/// <param name="Item">What of the job it is about: a cycle, a spectrum, a pattern; 0: the job as a whole.</param>
public sealed record AnalysisPayload(string Job, string Kind, int Item, JsonElement Result) : IPayload
{
    public static string SchemaName => "celllab/analysis/1";

    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = SchemaName;
}
