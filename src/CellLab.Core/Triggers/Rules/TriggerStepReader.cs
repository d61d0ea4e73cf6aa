using System.Globalization;
using CellLab.Core.Programs;
using static CellLab.Core.Triggers.Rules.TriggerMemberNames;

namespace CellLab.Core.Triggers.Rules;

/// <summary>Members of a trigger step to what the rules evaluate; the same code checks a protocol and runs it.</summary>
public static class TriggerStepReader
{
    public static bool IsTrigger(ProgramStep step) => step is OtherInstrumentStep { Kind: Kind };

    public static TriggerSpec Spec(OtherInstrumentStep step) =>
        Read(new TriggerValues(step.Members), step.Members.GetValueOrDefault("id") ?? string.Create(CultureInfo.InvariantCulture, $"t{step.Number}"));

    /// <summary>Everything that is wrong; empty for a step that can be run.</summary>
    public static IReadOnlyList<TriggerProblem> Check(IReadOnlyDictionary<string, string> members)
    {
        var values = new TriggerValues(members);
        Read(values, "t");
        values.Needs(OffsetSeconds, EverySeconds);
        values.Needs(FromVoltage, EveryVoltage);
        values.Needs(ToVoltage, EveryVoltage);
        values.Needs(Hysteresis, Voltage, EveryVoltage);
        values.Needs(Direction, Voltage, EveryVoltage, ChargeState);
        values.Needs(OncePerStep, Voltage, EveryVoltage, ChargeState);
        values.Needs(ChargeStateReference, ChargeState);
        values.Needs(Above, Quantity);
        values.Needs(Below, Quantity);
        return values.Problems;
    }

    private static TriggerSpec Read(TriggerValues values, string id)
    {
        List<TriggerCondition> conditions = [.. Levels(values, id), .. Steps(values, id)];
        if (conditions.Count == 0)
        {
            conditions.Add(new HereCondition($"{id}.here"));
        }

        return new TriggerSpec
        {
            Id = id,
            Conditions = conditions,
            Guards = Guards(values),
            Policy = values.Word(
                WhenMissed, MissedPolicy.Skip, ("skip", MissedPolicy.Skip), ("queue_latest", MissedPolicy.QueueLatest), ("queue_all", MissedPolicy.QueueAll), ("hold", MissedPolicy.Hold)),
            MaxAgeSeconds = values.Positive(MaxAge),
            ExposureSeconds = values.Positive(Exposure),
            Program = values.Text(TriggerMemberNames.Program),
        };
    }

    private static TriggerGuards Guards(TriggerValues values) => new()
    {
        MinimumIntervalSeconds = values.Positive(MinimumInterval),
        QuietSeconds = values.NotNegative(Quiet) ?? 0,
        MostTriggers = values.Whole(Count),
        Cycles = values.Cycles(TriggerMemberNames.Cycles),
        SteadyCurrent = values.Flag(SteadyCurrent),
    };

    private static IEnumerable<TriggerCondition> Levels(TriggerValues values, string id)
    {
        CrossingDirection direction = values.Word(
            Direction, CrossingDirection.Either, ("either", CrossingDirection.Either), ("up", CrossingDirection.Up), ("down", CrossingDirection.Down));
        double hysteresis = values.NotNegative(Hysteresis) * 1e-3 ?? VoltageCondition.UsualHysteresisVolts;
        bool once = values.Flag(OncePerStep);
        if (values.Numbers(Voltage) is { Count: > 0 } levels)
        {
            yield return new VoltageCondition($"{id}.{Voltage}", LevelSet.Of(levels), direction, hysteresis) { OncePerStep = once };
        }

        if (values.Positive(EveryVoltage) is { } step && Grid(values, step) is { } grid)
        {
            yield return new VoltageCondition($"{id}.{EveryVoltage}", grid, direction, hysteresis) { OncePerStep = once };
        }

        if (values.Positive(EveryCapacity) is { } capacity)
        {
            yield return new CapacityCondition($"{id}.{EveryCapacity}", capacity);
        }

        double? reference = values.Positive(ChargeStateReference);
        if (values.Numbers(ChargeState) is { Count: > 0 } percents)
        {
            yield return new ChargeStateCondition($"{id}.{ChargeState}", LevelSet.Of(percents), direction, reference) { OncePerStep = once };
        }
    }

    private static IEnumerable<TriggerCondition> Steps(TriggerValues values, string id)
    {
        if (values.Positive(EverySeconds) is { } interval)
        {
            yield return new ScheduleCondition($"{id}.{EverySeconds}", interval, values.NotNegative(OffsetSeconds));
        }

        if (values.Has(OnEntry) || values.Has(OnExit))
        {
            yield return new StepChangeCondition($"{id}.{(values.Has(OnEntry) ? OnEntry : OnExit)}", values.Texts(OnEntry), values.Texts(OnExit));
        }

        foreach ((string name, CellDirection? direction) in new (string, CellDirection?)[] { (AtChargeEnd, CellDirection.Charge), (AtDischargeEnd, CellDirection.Discharge), (AtCycleEnd, null) })
        {
            if (values.Flag(name))
            {
                yield return new HalfCycleEndCondition($"{id}.{name}", direction);
            }
        }

        if (values.Positive(RestAfter) is { } rest)
        {
            yield return new RestCondition($"{id}.{RestAfter}", rest);
        }

        if (Derived(values, id) is { } derived)
        {
            yield return derived;
        }
    }

    /// <summary>A grid counted from its lower end; without one, from 0 V.</summary>
    private static LevelSet? Grid(TriggerValues values, double step)
    {
        const double lowest = -1;
        const double highest = 6;
        double? from = values.Number(FromVoltage);
        double? to = values.Number(ToVoltage);
        double first = from ?? (Math.Ceiling(lowest / step) * step);
        if (from is { } low && to is { } high && high <= low)
        {
            values.Problems.Add(new TriggerProblem(ToVoltage, string.Create(CultureInfo.InvariantCulture, $"{ToVoltage} is {high}, expected more than {FromVoltage} ({low})")));
            return null;
        }

        return LevelSet.Grid(first, step, to ?? highest);
    }

    private static DerivedCondition? Derived(TriggerValues values, string id)
    {
        if (values.Text(Quantity) is not { } quantity)
        {
            return null;
        }

        if (!DerivedNames.All.Contains(quantity))
        {
            values.Problems.Add(new TriggerProblem(Quantity, $"there is no quantity '{quantity}' to wait for", $"expected {string.Join(", ", DerivedNames.All)}"));
            return null;
        }

        (double? above, double? below) = (values.Number(Above), values.Number(Below));
        if (above is null == below is null)
        {
            values.Problems.Add(new TriggerProblem(Quantity, $"quantity {quantity} needs one level: {Above} or {Below}", $"for example: {Above}: 20"));
            return null;
        }

        return new DerivedCondition($"{id}.{quantity}", quantity, LevelSet.Of(above ?? below!.Value), above is null ? CrossingDirection.Down : CrossingDirection.Up);
    }
}
