using CellLab.Core.Samples;

namespace CellLab.Core.Cycles;

/// <summary>Electrochemical cycle count. A step qualifies when it moves at least 0.1 % of the nominal capacity. The count is 0 before
/// the first qualifying step of the leading direction, 1 from it on, and rises by 1 at the first qualifying leading step after a qualifying step of
/// the other direction. Loops never count. Live, the count rises with the record at which the step passes 0.1 %
/// (<see cref="Count"/>); tables and exports give the whole step to the new cycle (<see cref="CountOfStep"/>).</summary>
public sealed class CycleCounter(double nominalAmpereHours, LeadingDirection leading, CycleState state = default)
{
    private const double QualifyingFraction = 1e-3;

    private readonly double _thresholdAmpereHours = QualifyingFraction * nominalAmpereHours;

    public CycleState State { get; private set; } = state;

    /// <summary>Live form: the count that a record gets.</summary>
    /// <param name="stepCount">Executed step of the record.</param>
    /// <param name="stepAmpereHours">Signed charge moved since the start of that step, positive when charging.</param>
    public int Count(int stepCount, double stepAmpereHours)
    {
        CycleState now = stepCount == State.StepCount ? State : State with { StepCount = stepCount, StepHasQualified = false };
        State = !now.StepHasQualified && Qualifies(stepAmpereHours) ? Qualify(now, stepAmpereHours) : now;
        return State.Count;
    }

    /// <summary>Whole-step form: the cycle that a finished step belongs to.</summary>
    /// <param name="stepAmpereHours">Signed charge moved in the whole step.</param>
    public int CountOfStep(double stepAmpereHours) => Count(State.StepCount + 1, stepAmpereHours);

    private bool Qualifies(double ampereHours) => Math.Abs(ampereHours) >= _thresholdAmpereHours && ampereHours != 0;

    private CycleState Qualify(CycleState now, double ampereHours)
    {
        bool leads = ampereHours > 0 == (leading == LeadingDirection.Charge);
        if (!leads)
        {
            return now with { StepHasQualified = true, OtherDirectionSeen = true };
        }

        bool begins = now.Count == 0 || now.OtherDirectionSeen;
        return now with { StepHasQualified = true, OtherDirectionSeen = false, Count = begins ? now.Count + 1 : now.Count };
    }
}
