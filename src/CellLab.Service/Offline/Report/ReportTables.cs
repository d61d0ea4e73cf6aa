using System.Globalization;

namespace CellLab.Service.Offline.Report;

/// <summary>The tables of a report.</summary>
internal static class ReportTables
{
    public static HtmlTable Jobs(IReadOnlyList<ReportedJob> jobs) => new(
        ["job", "sample", "pipeline (holder)", "protocol", "state", "active mass / mg", "1C / mA/g", "in the figures"],
        [.. jobs.Select(job => (string[])
        [
            job.Id, job.Sample, job.Holder.Length > 0 ? $"{job.Pipeline} ({job.Holder})" : job.Pipeline, job.Protocol,
            job.Running ? $"{job.State}: still running, figures will change" : $"{job.State}{(job.Verdict is null ? "" : $", {job.Verdict}")}",
            Number(job.ActiveMassMg, "0.000"), Number(job.CRateBaseMahG, "0.#"), job.Excluded is null ? "yes" : $"no: {job.Excluded}",
        ])]);

    /// <summary>Mean and standard deviation with n for each material; a cell that stands far off is named.</summary>
    public static HtmlTable Materials(IReadOnlyList<ReportedJob> jobs)
    {
        string[] materials = [.. jobs.Select(job => job.Material).Distinct()];
        var rows = new List<string[]>();
        foreach (KeyValue key in KeyValue.All)
        {
            string[] cells = [.. materials.Select(material => Cell(key, [.. jobs.Where(job => job.Material == material)]))];
            if (cells.Any(cell => cell.Length > 0))
            {
                rows.Add([key.Name, key.Unit, .. cells]);
            }
        }

        return new HtmlTable(["quantity", "unit", .. materials], rows);
    }

    public static HtmlTable Each(IReadOnlyList<ReportedJob> jobs) => new(
        ["quantity", "unit", .. jobs.Select(job => job.Label)],
        [.. KeyValue.All.Select(key => (string[])[key.Name, key.Unit, .. jobs.Select(job => OfOne(key, job))]).Where(row => row.Skip(2).Any(cell => cell.Length > 0))]);

    /// <summary>What every result says went into it, and the version of its method.</summary>
    public static HtmlTable Inputs(IReadOnlyList<ReportedJob> jobs) => new(
        ["job", "analysis", "method", "inputs"],
        [.. jobs.SelectMany(ResultInputs.Of)]);

    public static HtmlTable Remarks(IReadOnlyList<ReportedJob> jobs) =>
        new(["job", "what happened"], [.. jobs.SelectMany(job => job.Remarks.Select(remark => (string[])[job.Label, remark]))]);

    private static string OfOne(KeyValue key, ReportedJob job) =>
        key.Of(job) is not { } value ? "" : key.Sigma(job) is { } sigma ? $"{Number(value, key.Format)} ± {sigma.ToString("G2", CultureInfo.InvariantCulture)}" : Number(value, key.Format);

    private static string Cell(KeyValue key, ReportedJob[] jobs)
    {
        (ReportedJob Job, double Value)[] values = [.. jobs.Select(job => (job, key.Of(job))).Where(pair => pair.Item2 is not null).Select(pair => (pair.job, pair.Item2!.Value))];
        if (values.Length == 0)
        {
            return "";
        }

        Replicates replicates = Replicates.Of([.. values.Select(pair => pair.Value)]);
        string spread = replicates.StandardDeviation is { } deviation ? $" ± {Number(deviation, key.Format)}" : "";
        string outliers = replicates.Outliers.Count == 0 ? "" : $"; far off: {string.Join(", ", replicates.Outliers.Select(index => values[index].Job.Label))}";
        return $"{Number(replicates.Mean, key.Format)}{spread} (n = {replicates.Count}{outliers})";
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

internal sealed record HtmlTable(IReadOnlyList<string> Headers, IReadOnlyList<string[]> Rows);
