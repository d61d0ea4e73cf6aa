using CellLab.Core.Programs;

namespace CellLab.Drivers.Land.Following;

/// <summary>Whether the records of a test reach the end of the program that a person was asked to start: the file itself does not tell how a test ended.</summary>
internal static class LandEnding
{
    private const double VoltsTolerance = 0.02;
    private const double Share = 0.98;

    public static bool IsReached(CellProgram program, LandFollowState state)
    {
        var walk = new ProgramWalk(program);
        if (state.StepCount < walk.TotalSteps || !walk.MoveTo(state.StepCount) || walk.Current is not { } step)
        {
            return false;
        }

        double interval = program.RecordOf(step).IntervalSeconds;
        bool byTime = Seconds(step) is { } seconds && state.StepSeconds >= seconds - Math.Max(interval, 0.02 * seconds);
        return byTime || step switch
        {
            CurrentStep current => IsAt(current.UntilVoltageVolts, state.Volts, current.CurrentAmperes > 0) || HasMoved(current.UntilAmpereHours, state),
            VoltageStep voltage => IsBelow(voltage.UntilCurrentAmperes, state) || HasMoved(voltage.UntilAmpereHours, state),
            PowerStep power => IsAt(power.UntilVoltageVolts, state.Volts, power.Watts > 0) || HasMoved(power.UntilAmpereHours, state),
            ResistanceStep resistance => IsAt(resistance.UntilVoltageVolts, state.Volts, false) || HasMoved(resistance.UntilAmpereHours, state),
            ScanStep scan => IsAt(scan.EndVolts, state.Volts, scan.EndVolts > scan.StartVolts),
            _ => false,
        };
    }

    private static double? Seconds(ProgramStep step) => step switch
    {
        RestStep rest => rest.DurationSeconds,
        CurrentStep current => current.UntilSeconds,
        VoltageStep voltage => voltage.UntilSeconds,
        PowerStep power => power.UntilSeconds,
        ResistanceStep resistance => resistance.UntilSeconds,
        _ => null,
    };

    private static bool IsAt(double? until, double volts, bool rising) =>
        until is { } end && (rising ? volts >= end - VoltsTolerance : volts <= end + VoltsTolerance);

    private static bool HasMoved(double? ampereHours, LandFollowState state) => ampereHours is { } end && state.StepAmpereHours >= Math.Abs(end) * Share;

    private static bool IsBelow(double? amperes, LandFollowState state) => amperes is { } end && Math.Abs(state.Amperes) <= Math.Abs(end) * 1.1;
}
