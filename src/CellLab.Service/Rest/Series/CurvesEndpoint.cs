using System.Globalization;
using CellLab.Analysis.Curves;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Series;
using CellLab.Core.Storage;
using CellLab.Service.Rest.Jobs;

namespace CellLab.Service.Rest.Series;

/// <summary><c>GET jobs/{id}/curves</c>: voltage against capacity of chosen cycles.</summary>
internal static class CurvesEndpoint
{
    private const int DefaultPoints = 200;
    private const int MaxPoints = 2000;

    /// <summary>So many that a family of curves shows, so few that records of a few seconds are read for it.</summary>
    private const int MaxCycles = 40;

    /// <summary>Records beyond the cycle's own that are looked at on either side.</summary>
    private const int Around = 64;

    public static void MapCurves(this RouteGroupBuilder api) =>
        api.MapGet("/jobs/{id}/curves", ReadAsync).WithSummary("Voltage against capacity of cycles (cycles=1,2,5), per gram of active material");

    private static async Task<IResult> ReadAsync(
        string id, string cycles, IJournal journal, IRecordSeries series, CancellationToken cancellationToken, int points = DefaultPoints)
    {
        int[] wanted = Cycles(cycles);
        Bounds.Within(nameof(points), points, MaxPoints);
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        double grams = JobPresenter.Figures(job, await journal.ReadSamplesAsync(job.Sample, cancellationToken)).ActiveMassMg * 1e-3;
        IReadOnlyList<RecordRun> runs = await series.ReadRunsAsync(job.Id, Streams.Cycler, double.NegativeInfinity, double.PositiveInfinity, cancellationToken);
        var curves = new List<CurveBody>();
        foreach (int cycle in wanted)
        {
            IReadOnlyList<RecordPoint> records = await RecordsOfAsync(cycle, job.Id, runs, series, cancellationToken);
            curves.AddRange(VoltageCurves.Of(records).Where(curve => curve.Cycle == cycle).Select(curve => CurveBody.Of(VoltageCurves.Thin(curve, points), grams)));
        }

        return new CompressedJson(new CurveList(job.Id.Value, curves));
    }

    /// <summary>The records of the cycle and some on either side, which tell what step they begin and end in.</summary>
    private static async Task<IReadOnlyList<RecordPoint>> RecordsOfAsync(
        int cycle, JobId job, IReadOnlyList<RecordRun> runs, IRecordSeries series, CancellationToken cancellationToken)
    {
        List<RecordRun> touched = [.. runs.Where(run => run.FirstCycle <= cycle && run.LastCycle >= cycle)];
        return touched.Count == 0
            ? []
            : await series.ReadPointsAsync(job, Streams.Cycler, Math.Max(1, touched[0].FirstSequence - Around), touched[^1].LastSequence + Around, cancellationToken);
    }

    private static int[] Cycles(string text)
    {
        string[] words = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int[] cycles = [.. words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1).Distinct()];
        return cycles.Length is >= 1 and <= MaxCycles && cycles.All(cycle => cycle >= 0)
            ? cycles
            : throw RestProblemException.Invalid("cycles", $"cycles is '{text}'.", $"Give 1 to {MaxCycles} numbers of cycles, separated by commas.");
    }
}

internal sealed record CurveList(string Job, IReadOnlyList<CurveBody> Curves);

/// <summary><paramref name="Direction"/> is <c>charge</c> or <c>discharge</c>.</summary>
internal sealed record CurveBody(int Cycle, string Direction, IReadOnlyList<double> CapacityMahG, IReadOnlyList<double> VoltageV)
{
    public static CurveBody Of(VoltageCurve curve, double grams) => new(
        curve.Cycle, curve.Charging ? "charge" : "discharge", [.. curve.AmpereHours.Select(hours => Math.Round(hours * 1e3 / grams, 4))], curve.Volts);
}
