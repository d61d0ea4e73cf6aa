namespace CellLab.Core.Triggers.Rules;

public enum CrossingDirection
{
    Either,
    Up,
    Down,
}

/// <summary>A value that crosses levels.</summary>
public abstract record LevelCondition(string Id, LevelSet Levels, CrossingDirection Direction, double Hysteresis) : TriggerCondition(Id)
{
    /// <summary>At most once in an executed step.</summary>
    public bool OncePerStep { get; init; }

    public override ConditionTurn Next(ConditionState state, RuleMoment moment)
    {
        if (moment.IsOver || ValueOf(moment.Now, moment) is not { } value)
        {
            return new ConditionTurn(state);
        }

        ConditionState kept = state with { Value = value };
        var ladder = new LevelLadder(Levels, Hysteresis, NeedsConfirmation);
        if (state.Ladder is not { } before || moment.Before is null || state.Value is not { } valueBefore || BeginsAnew(moment))
        {
            return BeginAt(moment, kept, ladder, value);
        }

        LadderTurn turn = ladder.Next(before, valueBefore, moment.Before, value, moment.Now);
        return Fired(kept with { Ladder = turn.State }, turn);
    }

    protected abstract double? ValueOf(CellPoint point, RuleMoment moment);

    /// <summary>The value counts from zero again with this sample.</summary>
    protected virtual bool BeginsAnew(RuleMoment moment) => false;

    private ConditionTurn BeginAt(RuleMoment moment, ConditionState kept, LevelLadder ladder, double value)
    {
        if (!BeginsAnew(moment) || moment.Before is not { } before)
        {
            return new ConditionTurn(kept with { Ladder = ladder.Begin(value) });
        }

        LadderTurn turn = ladder.Next(ladder.Begin(0), 0, before.BeginningOf(moment.Now) with { StepCount = moment.Now.StepCount }, value, moment.Now);
        return Fired(kept with { Ladder = turn.State }, turn);
    }

    private ConditionTurn Fired(ConditionState state, LadderTurn turn)
    {
        bool wanted = turn.Crossed is not null && (Direction == CrossingDirection.Either || turn.Up == (Direction == CrossingDirection.Up));
        if (!wanted || (OncePerStep && state.DoneStep == turn.Crossed!.StepCount))
        {
            return new ConditionTurn(state);
        }

        return new ConditionTurn(state with { DoneStep = turn.Crossed!.StepCount }, turn.Crossed);
    }
}

/// <summary>The cell's voltage crosses a level, or a level of a grid, V.</summary>
public sealed record VoltageCondition(string Id, LevelSet Levels, CrossingDirection Direction, double Hysteresis) : LevelCondition(Id, Levels, Direction, Hysteresis)
{
    public const double UsualHysteresisVolts = 0.002;

    public override bool NeedsConfirmation => true;

    protected override double? ValueOf(CellPoint point, RuleMoment moment) => point.VoltageVolts;
}

/// <summary>Every so many mAh/g of a half cycle; begins anew with each.</summary>
public sealed record CapacityCondition(string Id, double MilliampereHoursPerGram)
    : LevelCondition(Id, LevelSet.Grid(MilliampereHoursPerGram, MilliampereHoursPerGram, MostMilliampereHoursPerGram), CrossingDirection.Up, 0)
{
    private const double MostMilliampereHoursPerGram = 1e5;

    protected override double? ValueOf(CellPoint point, RuleMoment moment) => moment.Cell.MilliampereHoursPerGram(point.HalfCycleAmpereHours);

    protected override bool BeginsAnew(RuleMoment moment) =>
        moment.IsStepChange && moment.Now.Direction != CellDirection.Rest && moment.Now.HalfCycleAmpereHours < moment.Before!.HalfCycleAmpereHours;
}

/// <summary>States of charge: net charge since the job began over a reference capacity, %.</summary>
/// <param name="ReferenceMilliampereHoursPerGram">Null: the nominal capacity.</param>
public sealed record ChargeStateCondition(string Id, LevelSet Levels, CrossingDirection Direction, double? ReferenceMilliampereHoursPerGram)
    : LevelCondition(Id, Levels, Direction, HysteresisPercent)
{
    private const double HysteresisPercent = 0.01;

    protected override double? ValueOf(CellPoint point, RuleMoment moment) => Percent(point, moment.Cell, ReferenceMilliampereHoursPerGram);

    /// <summary>A cell that is delivered charged begins at 100 %.</summary>
    public static double Percent(CellPoint point, CellFacts cell, double? reference) =>
        (cell.Leading == Samples.LeadingDirection.Discharge ? 100 : 0) + (100 * cell.MilliampereHoursPerGram(point.NetAmpereHours) / (reference ?? cell.NominalMilliampereHoursPerGram));
}

/// <summary>A figure computed from the records crosses a level.</summary>
public sealed record DerivedCondition(string Id, string Quantity, LevelSet Levels, CrossingDirection Direction) : LevelCondition(Id, Levels, Direction, 0)
{
    protected override double? ValueOf(CellPoint point, RuleMoment moment) => moment.Derived.GetValueOrDefault(Quantity);
}
