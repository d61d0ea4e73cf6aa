using System.Globalization;
using System.Text.RegularExpressions;
using CellLab.Core.Jobs;

namespace CellLab.Storage.Export;

/// <summary>File names <c>{site}__{sample}__{yyyymmdd}__{test}__{instrument}</c>: two underscores between the fields, one within.</summary>
internal static partial class ExportNames
{
    /// <summary>The test is told by protocol and job, so that two runs of one day differ.</summary>
    /// <param name="last">The job's last segment; null when it never started.</param>
    public static string Stem(ExportContext context, Job job, Segment? last)
    {
        string day = (job.StartedAtUtc ?? job.SubmittedAtUtc).UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return string.Join("__", new[] { context.Site, job.Sample, day, $"{job.ProtocolName}_{job.Id}", context.InstrumentOf(last) }.Select(Clean));
    }

    private static string Clean(string field) => Underscores().Replace(Foreign().Replace(field, "-"), "_").Trim('_');

    [GeneratedRegex("[^A-Za-z0-9._-]")]
    private static partial Regex Foreign();

    [GeneratedRegex("_{2,}")]
    private static partial Regex Underscores();
}
