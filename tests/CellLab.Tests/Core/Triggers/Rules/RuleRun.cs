using System.Globalization;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Safety;
using CellLab.Core.Samples;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Tests.Core.Triggers.Rules;

/// <summary>A trigger step before charge, rest and discharge, and rows that are made by hand: 1 mg, 1 Ah/g is 1 mAh.</summary>
internal sealed class RuleRun
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TriggerPlan _plan;
    private readonly CellFacts _cell;
    private long _sequence;
    private double _stepSeconds;
    private double _stepHours;
    private double _milliampereHoursPerGram;

    public RuleRun(params (string Name, string Value)[] members)
    {
        var trigger = new OtherInstrumentStep(1, "main", "trigger", "xrd", null, CellMeanwhile.GoesOnCycling)
        {
            Members = members.Append(("target", "xrd")).ToDictionary(pair => pair.Item1, pair => pair.Item2),
        };
        ProgramStep[] steps =
        [
            trigger,
            new CurrentStep(2, "main", 1e-4, null, null, 4.8),
            new RestStep(3, "main", 3600),
            new CurrentStep(4, "main", -1e-4, null, null, 2.0),
            new LoopStep(5, "main", 1, 5),
        ];
        CellProgram program = BesideSteps.Strip(new CellProgram("test", steps, new RecordRule(30, null, null), new SafetyLimits(5, 1, null, null, null, 5), 2.5e-4));
        _cell = new CellFacts(program, 1, LeadingDirection.Charge);
        _plan = TriggerPlan.Of(program);
        Rules = new TriggerRules(_plan, _cell, TriggerRulesState.New);
    }

    public TriggerRules Rules { get; private set; }

    public List<TriggerDemand> Demands { get; } = [];

    public List<RecordRow> Rows { get; } = [];

    public double Seconds { get; private set; }

    public int StepCount { get; private set; } = 1;

    /// <summary>Number in the protocol; the cycler's is one less, since it gets no trigger step.</summary>
    public int StepId { get; private set; } = 2;

    public int Cycle { get; set; } = 1;

    public int Pass { get; set; } = 1;

    public IReadOnlyDictionary<string, double?>? Derived { get; set; }

    public RuleRun Step(int stepId)
    {
        (StepCount, StepId, _stepSeconds, _stepHours) = (StepCount + 1, stepId, 0, 0);
        return this;
    }

    /// <summary>The next row, so many seconds after the last one; in mAh/g since the step began when it is given.</summary>
    public TriggerDemand? Row(double seconds, double volts, double? capacity = null, double? milliamperes = null)
    {
        Seconds += seconds;
        _stepSeconds += seconds;
        double amperes = (milliamperes ?? (StepId switch { 2 => 0.1, 4 => -0.1, _ => 0 })) * 1e-3;
        _stepHours += Math.Abs(amperes) * seconds / 3600;
        _milliampereHoursPerGram = capacity ?? _stepHours * 1e6;
        StepKind kind = StepId switch { 2 => StepKind.ConstantCurrentCharge, 4 => StepKind.ConstantCurrentDischarge, _ => StepKind.Rest };
        var record = new InstrumentRecord(
            _sequence + 1, StepCount, StepId - 1, kind, _stepSeconds, Seconds, false, Start.AddSeconds(Seconds), Start.AddSeconds(Seconds + 5), volts, amperes,
            _milliampereHoursPerGram * 1e-6, null, null);
        var row = new RecordRow(new JobId("abcdefghijkl"), Streams.Cycler, ++_sequence, 1, Seconds, Cycle, "main", Pass, record);
        Rows.Add(row);
        return Give(row);
    }

    public TriggerDemand? Give(RecordRow row)
    {
        TriggerDemand? demand = Rules.Add(row, Derived);
        if (demand is not null)
        {
            Demands.Add(demand);
        }

        return demand;
    }

    /// <summary>As after a restart of the service.</summary>
    public void Restart() => Rules = new TriggerRules(_plan, _cell, TriggerRulesState.FromToken(Rules.State.ToToken()));

    public TriggerRules Fresh() => new(_plan, _cell, TriggerRulesState.New);

    public IEnumerable<string> Times => Demands.Select(demand => (demand.At.AtUtc - Start).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));
}
