using System.Text.Json;
using System.Text.RegularExpressions;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;

namespace CellLab.Service.Rest.Jobs;

/// <summary><c>GET jobs/{id}/analysis/{kind}</c>: what one analysis has found so far, with its method and inputs.</summary>
internal static partial class AnalysisEndpoint
{
    public static void MapAnalysis(this RouteGroupBuilder api) =>
        api.MapGet("/jobs/{id}/analysis/{kind}", ReadAsync).WithSummary("Results of one analysis: dqdv, life, gitt, eis, dems, xrd; one of them with ?item=");

    private static async Task<AnalysisResults> ReadAsync(
        string id, string kind, IJournal journal, ICycleSource source, CancellationToken cancellationToken, int? item = null)
    {
        if (!Kind().IsMatch(kind))
        {
            throw RestProblemException.Invalid("kind", $"'{kind}' is no name of an analysis", "names are lower-case letters, digits and '-', for example dqdv");
        }

        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        var results = await source.ReadResultsAsync(job.Id, kind, cancellationToken);
        return new AnalysisResults(
            job.Id.Value, kind, [.. results.Where(result => item is null || result.Item == item).Select(result => new AnalysisItem(result.Item, JsonElement.Parse(result.ResultJson)))]);
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex Kind();
}

internal sealed record AnalysisResults(string Job, string Kind, IReadOnlyList<AnalysisItem> Results);

/// <param name="Item">What of the job it is about: a cycle, a spectrum, a pattern; 0: the job as a whole.</param>
internal sealed record AnalysisItem(int Item, JsonElement Result);
