using CellLab.Core.Programs;
using CellLab.Core.Safety;

namespace CellLab.Engine.Hosted;

/// <summary>When to look again. Once a second while all is calm; towards a cut-off each look comes at half of the time that is left by a straight
/// line, so that the end is met closely whatever the slope; straight after a change at the shortest interval. Pure; lab seconds.</summary>
internal static class HostedPace
{
    private const double CalmSeconds = 1;
    private const double Share = 0.5;

    /// <summary>How far beyond a cut-off the next look may fall, V; and for currents a share of the end current.</summary>
    private const double SlackVolts = 0.001;
    private const double SlackShare = 0.01;

    /// <summary>Largest step of a voltage scan, V.</summary>
    private const double ScanVolts = 0.0005;

    private const double Growth = 2;

    /// <param name="before">The last measurement of the same step; null at its beginning.</param>
    /// <param name="last">The interval that led to this measurement.</param>
    public static double Next(
        CellProgram program, ProgramStep step, CellMeasurement? before, in CellMeasurement now, double last, double shortest)
    {
        double calm = Math.Max(shortest, Math.Min(CalmSeconds, (step.Record ?? program.Record).IntervalSeconds));
        if (before is not { } earlier || now.TimeSeconds <= earlier.TimeSeconds)
        {
            return shortest;
        }

        double seconds = now.TimeSeconds - earlier.TimeSeconds;
        double left = Math.Min(
            ToVoltage(program.Limits, step, now, (now.VoltageVolts - earlier.VoltageVolts) / seconds),
            ToCurrent(step, now, (now.CurrentAmperes - earlier.CurrentAmperes) / seconds));
        double scan = step is ScanStep { VoltsPerSecond: > 0 } moving ? ScanVolts / moving.VoltsPerSecond : calm;
        return Math.Clamp(Math.Min(Math.Min(Share * left, scan), Growth * Math.Max(last, shortest)), shortest, calm);
    }

    /// <summary>Time to the nearest voltage that ends something, in the direction of the present slope.</summary>
    private static double ToVoltage(SafetyLimits limits, ProgramStep step, in CellMeasurement now, double slope)
    {
        if (slope == 0)
        {
            return double.MaxValue;
        }

        double? end = step switch
        {
            CurrentStep current => current.UntilVoltageVolts,
            PowerStep power => power.UntilVoltageVolts,
            ResistanceStep resistance => resistance.UntilVoltageVolts,
            _ => null,
        };
        double? limit = slope > 0 ? limits.MaxVolts : limits.MinVolts;
        return Math.Min(Left(now.VoltageVolts, end, slope), Left(now.VoltageVolts, limit, slope));
    }

    private static double Left(double volts, double? end, double slope) =>
        end is { } there && (there - volts) * slope >= 0 ? (Math.Abs(there - volts) + SlackVolts) / Math.Abs(slope) : double.MaxValue;

    private static double ToCurrent(ProgramStep step, in CellMeasurement now, double slope)
    {
        if (step is not VoltageStep { UntilCurrentAmperes: { } end } || slope == 0)
        {
            return double.MaxValue;
        }

        double over = Math.Abs(now.CurrentAmperes) - Math.Abs(end);
        return (Math.Max(over, 0) + (SlackShare * Math.Abs(end))) / Math.Abs(slope);
    }
}
