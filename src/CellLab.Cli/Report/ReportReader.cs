using System.Text.Json;
using CellLab.Analysis.Cycling;
using CellLab.Analysis.DqDv;
using CellLab.Cli.Client;
using CellLab.Service.Offline.Report;

namespace CellLab.Cli.Report;

/// <summary>Reads jobs for a report from the service.</summary>
internal sealed class ReportReader(ServiceClient service)
{
    private static readonly string[] s_remarkable = ["gap", "resumed", "continued", "seam", "limit", "alarm", "paused", "recovered"];

    private readonly Dictionary<string, string> _holders = [];

    /// <param name="excluded">Why the job is left out of figures and means; null when it is not.</param>
    public async Task<ReportedJob> ReadAsync(string id, string? excluded, CancellationToken cancellationToken)
    {
        JsonElement job = await service.GetAsync($"jobs/{Uri.EscapeDataString(id)}", cancellationToken);
        string full = job.TextOf("job")!;
        string sample = job.TextOf("sample.name") ?? "";
        List<CycleView> cycles = [.. (await service.GetAsync($"jobs/{full}/cycles", cancellationToken)).Items("cycles").Select(Cycle)];
        double mass = job.NumberOf("sample.active_mass_mg") ?? double.NaN;
        IReadOnlyList<JsonElement> life = await ResultsAsync(full, "life", cancellationToken);
        return new ReportedJob(
            full, sample, ReportedJob.MaterialOf(sample), job.TextOf("pipeline") ?? "", await HolderAsync(job.TextOf("pipeline"), cancellationToken), job.TextOf("protocol_name") ?? "",
            job.TextOf("state") ?? "", job.TextOf("verdict"), mass, job.NumberOf("c_rate_base.nominal_capacity_mah_g") ?? double.NaN, cycles,
            [.. (await ResultsAsync(full, "dqdv", cancellationToken)).Select(result => CycleCurve.FromJson(result.GetRawText()))],
            life.Count > 0 ? JsonSerializer.Deserialize<FadeTable>(life[^1]) : null,
            await FirstCycleReader.ReadAsync(service, full, cycles, mass, cancellationToken))
        {
            Gitt = await ResultsAsync(full, "gitt", cancellationToken),
            Impedance = await ResultsAsync(full, "eis", cancellationToken),
            Gas = await ResultsAsync(full, "dems", cancellationToken),
            Patterns = await ResultsAsync(full, "xrd", cancellationToken),
            Remarks = await RemarksAsync(full, cancellationToken),
            Excluded = excluded,
        };
    }

    /// <summary>Jobs of a group of samples, in the order of their submission.</summary>
    public async Task<IReadOnlyList<string>> JobsOfGroupAsync(string group, CancellationToken cancellationToken)
    {
        HashSet<string> samples = [.. (await service.GetAsync("samples", cancellationToken)).Items("samples")
            .Where(sample => sample.TextOf("group") == group).Select(sample => sample.TextOf("name")).OfType<string>()];
        return
        [
            .. (await service.GetAsync("jobs?all=true", cancellationToken)).Items("jobs").Where(job => samples.Contains(job.TextOf("sample.name") ?? job.TextOf("sample") ?? ""))
                .OrderBy(job => job.TextOf("submitted_utc"), StringComparer.Ordinal).Select(job => job.TextOf("job")).OfType<string>(),
        ];
    }

    private static CycleView Cycle(JsonElement cycle) => JsonSerializer.Deserialize<CycleView>(cycle)!;

    private async Task<IReadOnlyList<JsonElement>> ResultsAsync(string job, string kind, CancellationToken cancellationToken) =>
        [.. (await service.GetAsync($"jobs/{job}/analysis/{kind}", cancellationToken)).Items("results").Select(result => result.At("result")).OfType<JsonElement>()];

    private async Task<string> HolderAsync(string? pipeline, CancellationToken cancellationToken)
    {
        if (_holders.Count == 0)
        {
            foreach (JsonElement known in (await service.GetAsync("pipelines", cancellationToken)).Items("pipelines"))
            {
                _holders[known.TextOf("id") ?? ""] = known.TextOf("holder") ?? "";
            }
        }

        return _holders.GetValueOrDefault(pipeline ?? "") ?? "";
    }

    private async Task<IReadOnlyList<string>> RemarksAsync(string job, CancellationToken cancellationToken) =>
    [
        .. (await service.GetAsync($"jobs/{job}/events", cancellationToken)).Items("events")
            .Where(item => s_remarkable.Contains(item.TextOf("kind"))).Select(item => $"{item.TextOf("t_utc") ?? item.TextOf("at_utc")}: {item.TextOf("text")}"),
    ];
}
