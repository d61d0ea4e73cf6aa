namespace CellLab.Core.Programs;

/// <summary>When a rest has settled: the voltage moved more slowly than the limit over a whole stretch. A stretch is so long that the limit moves the
/// voltage by <see cref="ResolvedVolts"/>, which an instrument can tell; between <see cref="ShortestSeconds"/> and <see cref="LongestSeconds"/>.</summary>
public static class Settling
{
    public const double ResolvedVolts = 2e-4;
    public const double ShortestSeconds = 10;
    public const double LongestSeconds = 1800;

    public static double StretchSeconds(double voltsPerSecond) => Math.Clamp(ResolvedVolts / voltsPerSecond, ShortestSeconds, LongestSeconds);

    /// <summary>Begins a stretch at the first measurement, and a new one whenever a stretch is over.</summary>
    internal static StepMachineState Mark(StepMachineState state, ProgramStep step)
    {
        if (step is not RestStep { UntilVoltsPerSecond: { } limit } || state.LastVolts is not { } volts)
        {
            return state;
        }

        return state.MarkVolts is null || state.CountedToSeconds - state.MarkSeconds >= StretchSeconds(limit) - StepEnds.TimeRounding
            ? state with { MarkVolts = volts, MarkSeconds = state.CountedToSeconds }
            : state;
    }

    /// <param name="before">With the mark at which the stretch began.</param>
    internal static bool IsOver(RestStep rest, StepMachineState before, double volts, double timeSeconds)
    {
        double seconds = timeSeconds - before.MarkSeconds;
        return rest.UntilVoltsPerSecond is { } limit && before.MarkVolts is { } from && seconds >= StretchSeconds(limit) - StepEnds.TimeRounding
            && Math.Abs(volts - from) < limit * seconds;
    }

    /// <summary>When the stretch that runs is over; null without one.</summary>
    internal static double? DueAt(StepMachineState state, ProgramStep step) =>
        step is RestStep { UntilVoltsPerSecond: { } limit } && state.MarkVolts is not null ? state.MarkSeconds + StretchSeconds(limit) : null;
}
