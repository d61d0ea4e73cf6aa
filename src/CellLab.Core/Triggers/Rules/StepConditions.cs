namespace CellLab.Core.Triggers.Rules;

/// <summary>On schedule, without drift: the n-th at entry + offset + n intervals. Of several moments between two samples the last one fires.</summary>
/// <param name="OffsetSeconds">Of the first; null: one interval.</param>
public sealed record ScheduleCondition(string Id, double IntervalSeconds, double? OffsetSeconds) : TriggerCondition(Id)
{
    public override ConditionTurn Next(ConditionState state, RuleMoment moment)
    {
        double first = OffsetSeconds ?? IntervalSeconds;
        double elapsed = (moment.Now.AtUtc - moment.EnteredAtUtc).TotalSeconds;
        long reached = elapsed < first ? 0 : 1 + (long)Math.Floor((elapsed - first) / IntervalSeconds);
        if (moment.IsOver || reached <= state.Slot)
        {
            return new ConditionTurn(state);
        }

        DateTimeOffset due = moment.EnteredAtUtc.AddSeconds(first + ((reached - 1) * IntervalSeconds));
        return new ConditionTurn(state with { Slot = reached }, At(moment, due));
    }

    private static CellPoint At(RuleMoment moment, DateTimeOffset due)
    {
        if (moment.Before is not { } before || before.AtUtc >= moment.Now.AtUtc)
        {
            return moment.Now with { AtUtc = due };
        }

        CellPoint at = before.Towards(moment.Now, Math.Clamp((due - before.AtUtc) / (moment.Now.AtUtc - before.AtUtc), 0, 1));
        return at with { AtUtc = due };
    }
}

/// <summary>The program comes to a step, or leaves one.</summary>
public sealed record StepChangeCondition(string Id, IReadOnlyList<string> Entered, IReadOnlyList<string> Left) : TriggerCondition(Id)
{
    public override ConditionTurn Next(ConditionState state, RuleMoment moment)
    {
        bool left = (moment.IsStepChange || moment.IsOver) && moment.Before is { } before && Left.Any(name => moment.IsNamed(before, name));
        bool entered = !moment.IsOver && (moment.IsStepChange || moment.Before is null) && Entered.Any(name => moment.IsNamed(moment.Now, name));
        return new ConditionTurn(state, left || entered ? moment.Before is { } last && !moment.IsOver ? last.BeginningOf(moment.Now) : moment.Now : null);
    }
}

/// <summary>The end of a half cycle, whatever ended it. The pattern belongs to the state that was reached.</summary>
/// <param name="Direction">Of the half cycle; null: the one that ends a cycle.</param>
public sealed record HalfCycleEndCondition(string Id, CellDirection? Direction) : TriggerCondition(Id)
{
    public override ConditionTurn Next(ConditionState state, RuleMoment moment)
    {
        if (moment.Before is not { } before || !(moment.IsStepChange || moment.IsOver))
        {
            return new ConditionTurn(state);
        }

        CellDirection wanted = Direction ?? (moment.Cell.Leading == Samples.LeadingDirection.Charge ? CellDirection.Discharge : CellDirection.Charge);
        bool ended = before.Direction == wanted && (moment.IsOver || moment.Now.Direction != wanted);
        return new ConditionTurn(state, ended ? before : null);
    }
}

/// <summary>A rest has lasted for so long: a pattern at open circuit. Once in a rest.</summary>
public sealed record RestCondition(string Id, double Seconds) : TriggerCondition(Id)
{
    public override ConditionTurn Next(ConditionState state, RuleMoment moment)
    {
        CellPoint now = moment.Now;
        if (moment.IsOver || now.Direction != CellDirection.Rest || now.StepTimeSeconds < Seconds || state.DoneStep == now.StepCount)
        {
            return new ConditionTurn(state);
        }

        CellPoint? before = moment.Before?.StepCount == now.StepCount ? moment.Before : null;
        double share = before is null || now.StepTimeSeconds <= before.StepTimeSeconds ? 1
            : Math.Clamp((Seconds - before.StepTimeSeconds) / (now.StepTimeSeconds - before.StepTimeSeconds), 0, 1);
        return new ConditionTurn(state with { DoneStep = now.StepCount }, before?.Towards(now, share) ?? now);
    }
}
