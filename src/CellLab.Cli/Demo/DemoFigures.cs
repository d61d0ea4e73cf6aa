using System.Text.Json.Nodes;

namespace CellLab.Cli.Demo;

/// <summary>What one job's answers come to.</summary>
/// <param name="Members">Members of the job in <c>demo --json</c> beside its cycles: <c>operando</c>, <c>life</c>.</param>
internal sealed record DemoFigures(IReadOnlyList<Comparison> Comparisons, JsonObject Members)
{
    /// <summary>What a reader should know, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
