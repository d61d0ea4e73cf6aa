using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Service.Rest.Jobs;

namespace CellLab.Service.Rest.Series;

/// <summary><c>GET jobs/{id}/series</c>: voltage and current against time, thinned to what a screen can show without losing an extreme value; every
/// record where the range is narrow enough.</summary>
internal static class SeriesEndpoint
{
    private const int DefaultPoints = 1500;
    private const int MaxPoints = 5000;

    /// <summary>As the Engine counts gaps: three record intervals, but not under a minute.</summary>
    private const double ShortestGapSeconds = 60;

    private static readonly string[] Names = ["voltage_v", "current_a", "cycle_count"];

    public static void MapSeries(this RouteGroupBuilder api)
    {
        api.MapGet("/jobs/{id}/series", ReadAsync).WithSummary("Voltage and current against test time, thinned to parts with their lowest and highest values");
        api.MapCurves();
        api.MapPatterns();
    }

    private static async Task<IResult> ReadAsync(
        string id, IJournal journal, IRecordSeries series, CancellationToken cancellationToken,
        string? columns = null, double? from = null, double? to = null, int points = DefaultPoints)
    {
        string[] wanted = Columns(columns);
        Bounds.Within(nameof(points), points, MaxPoints);
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        SeriesSelection selection = await SeriesSelection.ReadAsync(
            series, job.Id, Streams.Cycler, from ?? double.NegativeInfinity, to ?? double.PositiveInfinity, points, cancellationToken);
        double longestSilence = Math.Max(3 * job.Program.LongestIntervalSeconds, ShortestGapSeconds);
        return new CompressedJson(SeriesBody(job, selection, wanted, new SeriesColumns(selection.Runs, longestSilence)));
    }

    private static Dictionary<string, object?> SeriesBody(Job job, SeriesSelection selection, string[] wanted, SeriesColumns columns)
    {
        var body = new Dictionary<string, object?>
        {
            ["job"] = job.Id.Value,
            ["stream"] = Streams.Cycler,
            ["records"] = selection.Records,
            ["full_resolution"] = selection.Whole,
            ["first_seq"] = selection.Runs.Count > 0 ? selection.Runs[0].FirstSequence : null,
            ["last_seq"] = selection.Runs.Count > 0 ? selection.Runs[^1].LastSequence : null,
            ["gaps"] = columns.Gaps,
            ["test_time_s"] = columns.Times,
        };
        foreach (string name in wanted)
        {
            body[name] = name switch { "voltage_v" => columns.Volts, "current_a" => columns.Amperes, _ => columns.Cycles };
        }

        return body;
    }

    private static string[] Columns(string? text)
    {
        string[] wanted = text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? ["voltage_v", "current_a"];
        return wanted.Except(Names).FirstOrDefault() is { } unknown
            ? throw RestProblemException.Invalid("columns", $"'{unknown}' is no column of a series.", $"Use some of {string.Join(", ", Names)}, separated by commas.")
            : wanted;
    }
}
