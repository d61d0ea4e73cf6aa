using CellLab.Core.Series;

namespace CellLab.Service.Rest.Series;

/// <summary>Runs as columns to draw. A record is one point; a longer run is two, at its first and last record, with its lowest and highest value in
/// the order that its ends suggest. A time without records stands as one point without values, and in the list of gaps.</summary>
internal sealed class SeriesColumns
{
    private readonly double longestSilence;
    private double? end;

    /// <param name="longestSilence">Seconds between two records from which on it is a gap.</param>
    public SeriesColumns(IEnumerable<RecordRun> runs, double longestSilence)
    {
        this.longestSilence = longestSilence;
        foreach (RecordRun run in runs)
        {
            Add(run);
        }
    }

    public List<double> Times { get; } = [];

    public List<double?> Volts { get; } = [];

    public List<double?> Amperes { get; } = [];

    public List<int?> Cycles { get; } = [];

    /// <summary>From and to, in s; where a run of many records hides the place, the whole run.</summary>
    public List<double[]> Gaps { get; } = [];

    private void Add(in RecordRun run)
    {
        bool silent = run.SilenceSeconds > longestSilence;
        if (silent && end is { } before && run.StartSeconds - before > longestSilence)
        {
            Gaps.Add([before, run.StartSeconds]);
            Point(before, null, null, null);
        }
        else if (silent && run.Count > 1)
        {
            Gaps.Add([run.StartSeconds, run.EndSeconds]);
        }

        AddValues(run);
        end = run.EndSeconds;
    }

    private void AddValues(in RecordRun run)
    {
        if (run.Count == 1)
        {
            Point(run.StartSeconds, run.Voltage.First, run.Current.First, run.FirstCycle);
            return;
        }

        (double firstVolts, double lastVolts) = Ordered(run.Voltage);
        (double firstAmperes, double lastAmperes) = Ordered(run.Current);
        Point(run.StartSeconds, firstVolts, firstAmperes, run.FirstCycle);
        Point(run.EndSeconds, lastVolts, lastAmperes, run.LastCycle);
    }

    private static (double First, double Last) Ordered(Extremes values) =>
        values.First <= values.Last ? (values.Lowest, values.Highest) : (values.Highest, values.Lowest);

    private void Point(double time, double? volts, double? amperes, int? cycle)
    {
        Times.Add(time);
        Volts.Add(volts);
        Amperes.Add(amperes);
        Cycles.Add(cycle);
    }
}
