using System.Text.Json;
using CellLab.Cli.Client;

namespace CellLab.Cli.Demo;

/// <summary>The service's last words about one job: the job itself, its cycles, and the results of each analysis.</summary>
internal sealed record DemoAnswers(JsonElement Job, JsonElement Cycles, IReadOnlyDictionary<string, IReadOnlyList<JsonElement>> Results)
{
    private static readonly string[] s_kinds = ["life", "eis", "dems", "xrd"];

    public static async Task<DemoAnswers> ReadAsync(ServiceClient service, string job, CancellationToken cancellationToken)
    {
        JsonElement answer = await service.GetAsync($"jobs/{job}", cancellationToken);
        JsonElement cycles = await service.GetAsync($"jobs/{job}/cycles", cancellationToken);
        var results = new Dictionary<string, IReadOnlyList<JsonElement>>();
        foreach (string kind in s_kinds)
        {
            results[kind] = [.. (await service.GetAsync($"jobs/{job}/analysis/{kind}", cancellationToken)).Items("results").Select(item => item.At("result")).OfType<JsonElement>()];
        }

        return new DemoAnswers(answer, cycles, results);
    }
}
