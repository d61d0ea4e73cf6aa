namespace CellLab.Core.Programs;

/// <summary>Whether a step is over, and since when. Pure; voltages and times of the last two measurements of the step.</summary>
internal static class StepEnds
{
    public const double TimeRounding = 1e-9;

    /// <summary>Null while the step goes on.</summary>
    public static (EndCause Cause, double CrossedAtSeconds)? Find(ProgramStep step, StepMachineState before, StepMachineState now, double timeSeconds)
    {
        if (Duration(step) is { } duration && timeSeconds - now.StepStartSeconds >= duration - TimeRounding)
        {
            return (EndCause.Time, now.StepStartSeconds + duration);
        }

        var stretch = new Stretch(before, now, timeSeconds);
        return step switch
        {
            CurrentStep current => OfVoltage(Math.Sign(current.CurrentAmperes), current.UntilVoltageVolts, stretch) ?? OfCapacity(current.UntilAmpereHours, stretch),
            PowerStep power => OfVoltage(Math.Sign(power.Watts), power.UntilVoltageVolts, stretch) ?? OfCapacity(power.UntilAmpereHours, stretch),
            ResistanceStep resistance => OfVoltage(-1, resistance.UntilVoltageVolts, stretch) ?? OfCapacity(resistance.UntilAmpereHours, stretch),
            VoltageStep hold => OfHold(hold, stretch) ?? OfCapacity(hold.UntilAmpereHours, stretch),
            RestStep rest when Settling.IsOver(rest, before, now.LastVolts ?? 0, timeSeconds) => (EndCause.Settled, timeSeconds),
            _ => null,
        };
    }

    /// <summary>How long the step lasts at most; null when only the cell decides.</summary>
    public static double? Duration(ProgramStep step) => step switch
    {
        RestStep rest => rest.DurationSeconds,
        CurrentStep current => current.UntilSeconds,
        VoltageStep hold => hold.UntilSeconds,
        PowerStep power => power.UntilSeconds,
        ResistanceStep resistance => resistance.UntilSeconds,
        ScanStep scan => Math.Abs(scan.EndVolts - scan.StartVolts) / scan.VoltsPerSecond,
        OtherInstrumentStep other => other.CountedSeconds,
        _ => 0,
    };

    private static (EndCause, double)? OfVoltage(double sign, double? until, Stretch stretch) =>
        until is { } end && sign * (stretch.Now.LastVolts - end) >= 0
            ? (EndCause.Voltage, stretch.Crossing(stretch.Before.LastVolts, stretch.Now.LastVolts!.Value, end))
            : null;

    private static (EndCause, double)? OfCapacity(double? until, Stretch stretch) =>
        until is { } charge && Math.Abs(stretch.Now.StepAmpereHours) >= charge * (1 - TimeRounding)
            ? (EndCause.Capacity, stretch.Crossing(Math.Abs(stretch.Before.StepAmpereHours), Math.Abs(stretch.Now.StepAmpereHours), charge))
            : null;

    /// <summary>A hold ends when the current in its direction falls to the magnitude of the end current; a current that flows the other way
    /// is past it.</summary>
    private static (EndCause, double)? OfHold(VoltageStep step, Stretch stretch)
    {
        double sign = step.Charging ? 1 : -1;
        return step.UntilCurrentAmperes is { } end && sign * stretch.Now.LastAmperes <= Math.Abs(end)
            ? (EndCause.Current, stretch.Crossing(sign * stretch.Before.LastAmperes, sign * stretch.Now.LastAmperes!.Value, Math.Abs(end)))
            : null;
    }

    /// <summary>From the last measurement to this one.</summary>
    private readonly record struct Stretch(StepMachineState Before, StepMachineState Now, double TimeSeconds)
    {
        public double Crossing(double? valueBefore, double value, double end)
        {
            if (valueBefore is not { } before || before == value)
            {
                return TimeSeconds;
            }

            double share = Math.Clamp((end - before) / (value - before), 0, 1);
            return Before.CountedToSeconds + share * (TimeSeconds - Before.CountedToSeconds);
        }
    }
}
