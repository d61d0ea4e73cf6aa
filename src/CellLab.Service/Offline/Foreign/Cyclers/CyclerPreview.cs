using System.Globalization;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>What the beginning of a cycler file tells about the whole: how often it records, whether its currents carry a sign, whether its two clocks agree.</summary>
internal sealed record CyclerPreview
{
    private const int ManyIntervals = 100;
    private const int SampledRows = 100_000;
    private const double LongestUsualInterval = 600;
    private const double SecondsPerYear = 365.25 * 86400;
    private const double LongestTestSeconds = 5 * SecondsPerYear;
    private const double ShareOfSigns = 0.9;
    private const double SmallestShareOfCurrent = 1e-3;

    public required double UsualIntervalSeconds { get; init; }

    /// <summary>19 of 20 intervals within steps are not longer, or 3 of 4 where a file is so short that two gaps are more than the twentieth part of it.</summary>
    public required double LongIntervalSeconds { get; init; }

    /// <summary>Smaller currents are rest.</summary>
    public required double SmallestAmperes { get; init; }

    /// <summary>Discharge steps have positive currents: the step's name must give the sign.</summary>
    public required bool Unsigned { get; init; }

    /// <summary>The column for the record within the step mostly stands still: it is the number of a step.</summary>
    public required bool RecordIndexIsStep { get; init; }

    public static CyclerPreview Of(ForeignTable table)
    {
        var intervals = new List<double>();
        double largest = 0, last = double.NaN, lastIndex = double.NaN;
        int discharging = 0, positive = 0, compared = 0, repeated = 0;
        Quantity time = table.Has(Quantity.TestSeconds) ? Quantity.TestSeconds : table.Has(Quantity.StepSeconds) ? Quantity.StepSeconds : Quantity.UnixSeconds;
        foreach (ForeignRow row in table.Rows(new FindingLog()).Take(SampledRows))
        {
            double amperes = row[Quantity.Amperes] ?? 0;
            largest = Math.Max(largest, Math.Abs(amperes));
            if (StepTypes.DirectionOf(row.StepType) < 0 && amperes != 0)
            {
                discharging++;
                positive += amperes > 0 ? 1 : 0;
            }

            if (row[Quantity.StepRecord] is { } index)
            {
                compared += double.IsNaN(lastIndex) ? 0 : 1;
                repeated += index == lastIndex ? 1 : 0;
                lastIndex = index;
            }

            double now = row[time] ?? double.NaN;
            if (now > last)
            {
                intervals.Add(now - last);
            }

            last = now;
        }

        intervals.Sort();
        return new CyclerPreview
        {
            UsualIntervalSeconds = At(intervals, 0.5),
            LongIntervalSeconds = At(intervals, intervals.Count < ManyIntervals ? 0.75 : 0.95),
            SmallestAmperes = SmallestShareOfCurrent * largest,
            Unsigned = discharging > 0 && positive > ShareOfSigns * discharging,
            RecordIndexIsStep = 2 * repeated > compared,
        };
    }

    public void Report(ForeignTable table, FindingLog log)
    {
        if (Unsigned)
        {
            log.Info(ForeignCodes.SignFromStepType, null, table.NameOf(Quantity.Amperes),
                "currents of discharge steps are positive in this file; they are read as discharge by the step's name");
        }

        CurrentDigits.Report(table, log);
        if (IsIntervalDoubtful(table))
        {
            log.Warning(ForeignCodes.TimeUnitDoubtful, null, table.NameOf(Quantity.TestSeconds), string.Create(CultureInfo.InvariantCulture,
                $"half of the records are more than {UsualIntervalSeconds:0.###} s apart and there is no wall clock to compare with; is the time in seconds?"));
        }
    }

    /// <summary>Asks for the unit of the time where a whole file lasts longer than any test and no wall clock tells.</summary>
    public void ReportLength(ForeignTable table, double seconds, FindingLog log)
    {
        if (seconds > LongestTestSeconds && !IsIntervalDoubtful(table) && !table.Has(Quantity.UnixSeconds))
        {
            log.Warning(ForeignCodes.TimeUnitDoubtful, null, table.NameOf(Quantity.TestSeconds), string.Create(CultureInfo.InvariantCulture,
                $"the file lasts {seconds / SecondsPerYear:0.#} years and there is no wall clock to compare with; is the time in seconds?"));
        }
    }

    private bool IsIntervalDoubtful(ForeignTable table) => UsualIntervalSeconds > LongestUsualInterval && !table.Has(Quantity.UnixSeconds);

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)(share * (sorted.Count - 1))];
}
