using CellLab.Core.Records;

namespace CellLab.Tests.Service.AnalysisRole;

/// <summary>Rows of a titration on a cell of 1 mAh: pulses of 60 s at 0.1 mA with records every second, rests of 120 s.</summary>
internal static class PulseRows
{
    /// <summary>What counts as rest there: 0.5 % of 1C.</summary>
    public const double SmallestAmperes = 5e-6;

    private const int PulseSeconds = 60;
    private const int RestSeconds = 120;
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static RecordRow[] Of(int pulses)
    {
        var rows = new List<RecordRow>();
        AddStep(rows, 1, StepKind.Rest, RestSeconds, 10, 0, _ => 3.0);
        for (int pulse = 0; pulse < pulses; pulse++)
        {
            double volts = 3.0 + (0.02 * pulse);
            AddStep(rows, 2 + (2 * pulse), StepKind.ConstantCurrentCharge, PulseSeconds, 1, 1e-4, seconds => volts + 0.01 + (0.004 * Math.Sqrt(seconds)));
            AddStep(rows, 3 + (2 * pulse), StepKind.Rest, RestSeconds, 10, 0, seconds => volts + 0.02 + (0.01 * Math.Exp(-seconds / 20)));
        }

        return [.. rows];
    }

    private static void AddStep(List<RecordRow> rows, int step, StepKind kind, int lasts, int every, double amperes, Func<double, double> volts)
    {
        double begins = rows.Count == 0 ? 0 : rows[^1].TestTimeSeconds;
        for (int seconds = every; seconds <= lasts; seconds += every)
        {
            double test = begins + seconds;
            DateTimeOffset taken = s_start.AddSeconds(test);
            double ampereHours = amperes * seconds / 3600;
            long number = rows.Count + 1;
            rows.Add(new RecordRow(
                FakeService.Job, Streams.Cycler, number, 1, test, 1, "gitt", 1,
                new InstrumentRecord(number, step, step, kind, seconds, test, false, taken, taken, volts(seconds), amperes, ampereHours, ampereHours * volts(seconds), 1)));
        }
    }
}
