using CellLab.Core.Programs;

namespace CellLab.Engine.Hosted;

/// <summary>The last stored row: what the next one is compared with. <paramref name="Number"/> counts the rows of the test.</summary>
internal readonly record struct RecorderState(long Number, int StepCount, double TimeSeconds, double Volts, double Amperes);

/// <summary>Which measurements become rows: both ends of a step, then by time and by change. Pure.</summary>
internal static class HostedRecorder
{
    /// <summary>A tenth of a millisecond: times come out of a subtraction of dates.</summary>
    private const double TimeRounding = 1e-4;

    /// <param name="outside">Outside a safety limit: always kept, it is the evidence.</param>
    public static bool Keeps(RecordRule rule, in RecorderState last, int stepCount, in CellMeasurement now, bool atEnd, bool outside) =>
        atEnd || outside || last.Number == 0 || last.StepCount != stepCount
        || now.TimeSeconds - last.TimeSeconds >= rule.IntervalSeconds - TimeRounding
        || Math.Abs(now.VoltageVolts - last.Volts) >= rule.DeltaVolts
        || Math.Abs(now.CurrentAmperes - last.Amperes) >= rule.DeltaAmperes;

    /// <summary>When the next row by time is due.</summary>
    public static double DueAt(RecordRule rule, in RecorderState last) => last.TimeSeconds + rule.IntervalSeconds;
}
