using System.Text.Json;
using CellLab.Analysis.Cycling;
using CellLab.Analysis.DqDv;

namespace CellLab.Service.Offline.Report;

/// <summary>Answers <c>GET /api/v1/</c> and the path.</summary>
public delegate Task<JsonElement> ReportSource(string path, CancellationToken cancellationToken);

/// <summary>Reads jobs for a report over REST.</summary>
public sealed class ReportReader(ReportSource get)
{
    private readonly Dictionary<string, string> _holders = [];
    private readonly Dictionary<string, string> _materials = [];

    /// <param name="excluded">Why the job is left out of figures and means; null when it is not.</param>
    public async Task<ReportedJob> ReadAsync(string id, string? excluded, CancellationToken cancellationToken)
    {
        JsonElement job = await get($"jobs/{Uri.EscapeDataString(id)}", cancellationToken);
        string full = job.Text("job")!;
        string sample = job.Text("sample", "name") ?? "";
        List<CycleView> cycles = [.. (await get($"jobs/{full}/cycles", cancellationToken)).Items("cycles").Select(Cycle)];
        double mass = job.Number("sample", "active_mass_mg") ?? double.NaN;
        IReadOnlyList<JsonElement> life = await ResultsAsync(full, "life", cancellationToken);
        return new ReportedJob(
            full, sample, await MaterialAsync(sample, cancellationToken), job.Text("pipeline") ?? "", await HolderAsync(job.Text("pipeline"), cancellationToken), job.Text("protocol_name") ?? "",
            job.Text("state") ?? "", job.Text("verdict"), mass, job.Number("c_rate_base", "nominal_capacity_mah_g") ?? double.NaN, cycles,
            [.. (await ResultsAsync(full, "dqdv", cancellationToken)).Select(result => CycleCurve.FromJson(result.GetRawText()))],
            life.Count > 0 ? JsonSerializer.Deserialize<FadeTable>(life[^1]) : null,
            await FirstCycleReader.ReadAsync(get, full, cycles, mass, cancellationToken))
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
        HashSet<string> samples = [.. (await get("samples", cancellationToken)).Items("samples")
            .Where(sample => sample.Text("group") == group).Select(sample => sample.Text("name")).OfType<string>()];
        return
        [
            .. (await get("jobs?all=true", cancellationToken)).Items("jobs").Where(job => samples.Contains(job.Text("sample", "name") ?? job.Text("sample") ?? ""))
                .OrderBy(job => job.Text("submitted_utc"), StringComparer.Ordinal).Select(job => job.Text("job")).OfType<string>(),
        ];
    }

    private static CycleView Cycle(JsonElement cycle) => JsonSerializer.Deserialize<CycleView>(cycle)!;

    private async Task<IReadOnlyList<JsonElement>> ResultsAsync(string job, string kind, CancellationToken cancellationToken) =>
        [.. (await get($"jobs/{job}/analysis/{kind}", cancellationToken)).Items("results").Select(result => result.GetProperty("result"))];

    private async Task<string> HolderAsync(string? pipeline, CancellationToken cancellationToken)
    {
        if (_holders.Count == 0)
        {
            foreach (JsonElement known in (await get("pipelines", cancellationToken)).Items("pipelines"))
            {
                _holders[known.Text("id") ?? ""] = known.Text("holder") ?? "";
            }
        }

        return _holders.GetValueOrDefault(pipeline ?? "") ?? "";
    }

    private async Task<string> MaterialAsync(string sample, CancellationToken cancellationToken)
    {
        if (_materials.Count == 0)
        {
            foreach (JsonElement known in (await get("samples", cancellationToken)).Items("samples"))
            {
                string name = known.Text("name") ?? "";
                _materials[name] = known.Text("material") ?? ReportedJob.MaterialOf(name);
            }
        }

        return _materials.GetValueOrDefault(sample) ?? ReportedJob.MaterialOf(sample);
    }

    private async Task<IReadOnlyList<string>> RemarksAsync(string job, CancellationToken cancellationToken) =>
        JobRemarks.Of((await get($"jobs/{job}/events", cancellationToken)).Items("events"), (await get("alarms?all=true", cancellationToken)).Items("alarms").Where(alarm => alarm.Text("job") == job));
}
