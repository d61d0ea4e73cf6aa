namespace CellLab.Core.Triggers.Rules;

/// <param name="FiredAt">Where the condition became true, between two samples; null when it did not.</param>
public readonly record struct ConditionTurn(ConditionState State, CellPoint? FiredAt = null);

/// <summary>When a pattern is due. Pure: state and sample in, state and perhaps a moment out.</summary>
/// <param name="Id">Of the condition, such as <c>t2.every_s</c>; stands in the record of each pattern.</param>
public abstract record TriggerCondition(string Id)
{
    /// <summary>Crossings of values that carry noise have to hold for two samples, so they are known one sample later.</summary>
    public virtual bool NeedsConfirmation => false;

    public abstract ConditionTurn Next(ConditionState state, RuleMoment moment);
}

/// <summary>At the place of the trigger step itself.</summary>
public sealed record HereCondition(string Id) : TriggerCondition(Id)
{
    public override ConditionTurn Next(ConditionState state, RuleMoment moment) =>
        new(state, moment.Entered ? moment.Before is { } before ? before.BeginningOf(moment.Now) : moment.Now : null);
}
