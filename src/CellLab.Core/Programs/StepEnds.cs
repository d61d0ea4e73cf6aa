namespace CellLab.Core.Programs;

/// <summary>Whether a step is over, and since when. Pure; voltages and times of the last two measurements of the step.</summary>
internal static class StepEnds
{
    private const double TimeRounding = 1e-9;

    /// <summary>Null while the step goes on.</summary>
    public static (EndCause Cause, double CrossedAtSeconds)? Find(ProgramStep step, StepMachineState before, StepMachineState now, double timeSeconds)
    {
        if (Duration(step) is { } duration && timeSeconds - now.StepStartSeconds >= duration - TimeRounding)
        {
            return (EndCause.Time, now.StepStartSeconds + duration);
        }

        return step switch
        {
            CurrentStep current => OfCurrent(current, before, now, timeSeconds),
            VoltageStep hold => OfHold(hold, before, now, timeSeconds),
            _ => null,
        };
    }

    /// <summary>How long the step lasts at most; null when only the cell decides.</summary>
    public static double? Duration(ProgramStep step) => step switch
    {
        RestStep rest => rest.DurationSeconds,
        CurrentStep current => current.UntilSeconds,
        VoltageStep hold => hold.UntilSeconds,
        ScanStep scan => Math.Abs(scan.EndVolts - scan.StartVolts) / scan.VoltsPerSecond,
        _ => 0,
    };

    private static (EndCause, double)? OfCurrent(CurrentStep step, StepMachineState before, StepMachineState now, double timeSeconds)
    {
        double sign = Math.Sign(step.CurrentAmperes);
        if (step.UntilVoltageVolts is { } end && sign * (now.LastVolts - end) >= 0)
        {
            return (EndCause.Voltage, Crossing(before.CountedToSeconds, before.LastVolts, timeSeconds, now.LastVolts!.Value, end));
        }

        return step.UntilAmpereHours is { } charge && Math.Abs(now.StepAmpereHours) >= charge
            ? (EndCause.Capacity, Crossing(before.CountedToSeconds, Math.Abs(before.StepAmpereHours), timeSeconds, Math.Abs(now.StepAmpereHours), charge))
            : null;
    }

    /// <summary>A hold ends when the current in its direction falls to the magnitude of the end current; a current that flows the other way
    /// is past it.</summary>
    private static (EndCause, double)? OfHold(VoltageStep step, StepMachineState before, StepMachineState now, double timeSeconds)
    {
        double sign = step.Charging ? 1 : -1;
        return step.UntilCurrentAmperes is { } end && sign * now.LastAmperes <= Math.Abs(end)
            ? (EndCause.Current, Crossing(before.CountedToSeconds, sign * before.LastAmperes, timeSeconds, sign * now.LastAmperes!.Value, Math.Abs(end)))
            : null;
    }

    private static double Crossing(double earlier, double? valueBefore, double later, double value, double end)
    {
        if (valueBefore is not { } before || before == value)
        {
            return later;
        }

        double share = Math.Clamp((end - before) / (value - before), 0, 1);
        return earlier + share * (later - earlier);
    }
}
