using System.Collections.Immutable;
using CellLab.Core.Programs;
using CellLab.Core.Records;

namespace CellLab.Core.Triggers.Rules;

/// <summary>Evaluates the trigger steps of a program on the stored rows of a job, in order, each once.</summary>
public sealed class TriggerRules(TriggerPlan plan, CellFacts cell, TriggerRulesState state)
{
    private const double SteadyShare = 0.05;

    private static readonly Dictionary<string, double?> s_none = [];

    private readonly CellTrack _track = new(state.Track);

    public TriggerRulesState State { get; private set; } = state;

    /// <summary>The last point; null before the first row.</summary>
    public CellPoint? Last => State.Track.Last;

    /// <param name="derived">Derived quantities after this row.</param>
    /// <returns>Null when nothing is due, and for a row that was evaluated before.</returns>
    public TriggerDemand? Add(RecordRow row, IReadOnlyDictionary<string, double?>? derived = null)
    {
        if (row.Sequence <= State.Sequence)
        {
            return null;
        }

        (CellPoint? before, int passBefore) = (Last, State.Pass);
        CellPoint now = _track.Add(row);
        var fired = new List<Firing>();
        ImmutableDictionary<int, ScopeState> scopes = State.Scopes;
        foreach (TriggerScope scope in plan.Scopes)
        {
            if (!scope.Holds(now.StepId))
            {
                fired.AddRange(Leave(scope, scopes, before, now, derived));
                scopes = scopes.Remove(scope.Step);
                continue;
            }

            bool enters = !scopes.ContainsKey(scope.Step) || before is null || TriggerPlan.IsReentry(cell.Program, scope, before, now, passBefore, row.Pass);
            ScopeState held = enters ? new ScopeState(EntryTime(before, now), 0, ImmutableDictionary<string, ConditionState>.Empty) : scopes[scope.Step];
            var moment = new RuleMoment(before, now, enters, held.EnteredAtUtc, cell, derived ?? s_none);
            scopes = scopes.SetItem(scope.Step, Evaluate(scope, held, moment, fired));
        }

        State = new TriggerRulesState(row.Sequence, row.Pass, _track.State, scopes);
        return Merge(fired, now);
    }

    /// <summary>The job's last step has ended: what waits for the end of a step is due now, if it ever is.</summary>
    public TriggerDemand? End()
    {
        if (Last is not { } last)
        {
            return null;
        }

        var fired = new List<Firing>();
        foreach (TriggerScope scope in plan.Scopes)
        {
            fired.AddRange(Ended(scope, State.Scopes, last, last, s_none));
        }

        State = State with { Scopes = ImmutableDictionary<int, ScopeState>.Empty };
        return Merge(fired, last);
    }

    private ScopeState Evaluate(TriggerScope scope, ScopeState held, RuleMoment moment, List<Firing> fired)
    {
        ImmutableDictionary<string, ConditionState> conditions = held.Conditions;
        var now = new List<Firing>();
        foreach (TriggerCondition condition in scope.Spec.Conditions)
        {
            ConditionTurn turn = condition.Next(conditions.GetValueOrDefault(condition.Id) ?? new ConditionState(), moment);
            conditions = conditions.SetItem(condition.Id, turn.State);
            if (turn.FiredAt is { } at && Allows(scope.Spec.Guards, held, moment, condition, at))
            {
                now.Add(new Firing(condition.Id, scope.Spec, at));
            }
        }

        fired.AddRange(now);
        return held with { Conditions = conditions, Fired = held.Fired + (now.Count > 0 ? 1 : 0) };
    }

    private bool Allows(TriggerGuards guards, ScopeState held, RuleMoment moment, TriggerCondition condition, CellPoint at) =>
        (guards.MostTriggers is not { } most || held.Fired < most)
        && (guards.QuietSeconds <= 0 || (at.AtUtc - held.EnteredAtUtc).TotalSeconds >= guards.QuietSeconds)
        && (guards.Cycles is not { } cycles || cycles.Contains(Math.Max(1, condition is HalfCycleEndCondition ? moment.Before!.Cycle : at.Cycle)))
        && (!guards.SteadyCurrent || IsSteady(at));

    private bool IsSteady(CellPoint at) => at.StepId < 1 || at.StepId > cell.Program.Steps.Count || cell.Program.Steps[at.StepId - 1] is not CurrentStep step
        || Math.Abs(at.CurrentAmperes - step.CurrentAmperes) <= SteadyShare * Math.Abs(step.CurrentAmperes);

    /// <summary>The scope is left with this sample: the end of its last step still counts.</summary>
    private List<Firing> Leave(TriggerScope scope, ImmutableDictionary<int, ScopeState> scopes, CellPoint? before, CellPoint now, IReadOnlyDictionary<string, double?>? derived) =>
        before is null ? [] : Ended(scope, scopes, before, now, derived ?? s_none);

    private List<Firing> Ended(TriggerScope scope, ImmutableDictionary<int, ScopeState> scopes, CellPoint before, CellPoint now, IReadOnlyDictionary<string, double?> derived)
    {
        var fired = new List<Firing>();
        if (scopes.TryGetValue(scope.Step, out ScopeState? held))
        {
            bool goesOn = before.StepCount != now.StepCount && before.Direction == now.Direction && now.Direction != CellDirection.Rest;
            var moment = new RuleMoment(before, goesOn ? now : before, false, held.EnteredAtUtc, cell, derived, IsOver: !goesOn);
            TriggerSpec spec = scope.Spec with { Conditions = [.. scope.Spec.Conditions.Where(condition => condition is HalfCycleEndCondition or StepChangeCondition { Left.Count: > 0 })] };
            Evaluate(scope with { Spec = spec }, held, moment, fired);
        }

        return fired;
    }

    private static DateTimeOffset EntryTime(CellPoint? before, CellPoint now) =>
        before is null ? now.AtUtc.AddSeconds(-now.StepTimeSeconds) : before.BeginningOf(now).AtUtc;

    /// <summary>Several conditions in one sample give one trigger; it belongs to the step whose condition came first.</summary>
    private static TriggerDemand? Merge(List<Firing> fired, CellPoint now)
    {
        if (fired.Count == 0)
        {
            return null;
        }

        Firing first = fired.MinBy(firing => firing.At.AtUtc)!;
        return new TriggerDemand([.. fired.Select(firing => firing.Condition).Distinct()], first.Spec, first.At, now);
    }

    private sealed record Firing(string Condition, TriggerSpec Spec, CellPoint At);
}
