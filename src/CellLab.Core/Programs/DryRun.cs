namespace CellLab.Core.Programs;

/// <summary>Plays a program on a computed cell: the same machine that would drive the real one. Time steps adapt to the voltage, and a step that
/// overran its end is done again in a shorter one, so that cut-offs are met to <see cref="OvershootVolts"/>.</summary>
public sealed class DryRun(CellProgram program)
{
    /// <summary>How far a cut-off may be overrun, V.</summary>
    public const double OvershootVolts = 1e-4;

    /// <summary>How far the capacity end of a step may be overrun, as a share of it.</summary>
    public const double OvershootShare = 1e-5;

    /// <summary>How late the end of a hold by its current may be seen, as a share of its duration.</summary>
    public const double LateShare = 1e-4;

    /// <summary>365 days.</summary>
    public const double SecondsPerYear = 365 * 86400.0;

    private const double ShortestSeconds = 1e-3;
    private const double FirstSeconds = 1;
    private const double LongestSeconds = 60;

    /// <summary>At open circuit the cell only relaxes, ever more slowly.</summary>
    private const double LongestRestSeconds = 6 * 3600;

    /// <summary>Changes within one time step that are small: V, and share of the current. Five times as much is too coarse.</summary>
    private const double CalmVolts = 0.002;
    private const double CalmShare = 0.02;
    private const double Coarse = 5;

    private readonly StepMachine _machine = new(program);

    /// <summary>Told of every measurement that counts, before the ending that it shows.</summary>
    public Action<CellMeasurement>? Measured { get; init; }

    /// <summary>After so many executed steps a play stops; null for no bound.</summary>
    public int? MostSteps { get; init; }

    /// <summary>After so long on the cell's clock a play stops; null for no bound.</summary>
    public double? MostSeconds { get; init; }

    /// <summary>Why the last play ended before the program did; null when it ran to its end.</summary>
    public string? StopText { get; private set; }

    /// <summary>The endings of the executed steps, in order, until the program is over or a limit was passed.</summary>
    /// <param name="longestStepSeconds">A step without a time end that lasts longer is taken for one that never ends.</param>
    /// <exception cref="StepNeverEndsException">The cell does not reach any end of a step.</exception>
    public IEnumerable<StepEnding> Play(IVirtualCell cell, double longestStepSeconds, CancellationToken cancellationToken)
    {
        StepTurn turn = _machine.Start(0);
        double seconds = FirstSeconds;
        double time = 0;
        CellMeasurement? last = null;
        while (turn.State.Phase == MachinePhase.Running)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RefuseEndless(turn, time, longestStepSeconds);
            if (Bound(turn.State.StepCount - 1, time) is { } bound)
            {
                StopText = bound;
                yield break;
            }

            double dt = Math.Min(seconds, (turn.DueAtSeconds ?? double.MaxValue) - time);
            IVirtualCell tried = cell.Fork();
            (double v, double i) = tried.Advance(turn.SetPoint, dt);
            var measurement = new CellMeasurement(time + dt, v, i);
            StepTurn next = _machine.Next(turn.State, measurement);
            if (Overran(next.Ended) && dt > ShortestSeconds)
            {
                seconds = Math.Max(ShortestSeconds, Math.Min(next.Ended!.CrossedAtSeconds - time, dt / 2));
                continue;
            }

            seconds = next.Ended is null ? Adapt(seconds, Change(last ?? measurement, measurement), turn.SetPoint is OpenCircuitSetPoint ? LongestRestSeconds : LongestSeconds) : FirstSeconds;
            last = next.Ended is null ? measurement : null;
            (cell, turn, time) = (tried, next, time + dt);
            Measured?.Invoke(measurement);
            if (next.Ended is { } ended)
            {
                yield return ended;
            }
        }

        StopText = turn.State.StopText;
    }

    private string? Bound(int executed, double seconds) => executed >= MostSteps || seconds >= MostSeconds
        ? FormattableString.Invariant($"stopped after {executed} executed steps and {seconds / SecondsPerYear:0.##} years of lab time, before the program's end: check the passes of its loops")
        : null;

    private static bool Overran(StepEnding? ending) => ending switch
    {
        { Cause: EndCause.Voltage } => Math.Abs(ending.VoltageVolts - CutOff(ending.Step) ?? 0) > OvershootVolts,
        { Cause: EndCause.Current } => ending.AtSeconds - ending.CrossedAtSeconds > Math.Max(ShortestSeconds, LateShare * ending.DurationSeconds),
        { Cause: EndCause.Capacity } => Math.Abs(ending.AmpereHours) > CapacityEnd(ending.Step) * (1 + OvershootShare),
        _ => false,
    };

    private static double? CutOff(ProgramStep step) => step switch
    {
        CurrentStep current => current.UntilVoltageVolts,
        PowerStep power => power.UntilVoltageVolts,
        ResistanceStep resistance => resistance.UntilVoltageVolts,
        _ => null,
    };

    private static double? CapacityEnd(ProgramStep step) => step switch
    {
        CurrentStep current => current.UntilAmpereHours,
        PowerStep power => power.UntilAmpereHours,
        ResistanceStep resistance => resistance.UntilAmpereHours,
        VoltageStep hold => hold.UntilAmpereHours,
        _ => null,
    };

    /// <summary>How much happened within a time step; 1 is calm.</summary>
    private static double Change(CellMeasurement before, CellMeasurement now)
    {
        double volts = Math.Abs(now.VoltageVolts - before.VoltageVolts) / CalmVolts;
        double larger = Math.Max(Math.Abs(now.CurrentAmperes), Math.Abs(before.CurrentAmperes));
        double share = larger > 0 ? Math.Abs(now.CurrentAmperes - before.CurrentAmperes) / larger / CalmShare : 0;
        return Math.Max(volts, share);
    }

    private static double Adapt(double seconds, double change, double longest) => change switch
    {
        < 1 => Math.Min(seconds * 2, longest),
        > Coarse => Math.Max(seconds / 2, ShortestSeconds),
        _ => seconds,
    };

    private void RefuseEndless(StepTurn turn, double time, double longestStepSeconds)
    {
        if (turn.DueAtSeconds is null && time - turn.State.StepStartSeconds > longestStepSeconds)
        {
            throw new StepNeverEndsException(_machine.Walk(turn.State).Current!, longestStepSeconds);
        }
    }
}
