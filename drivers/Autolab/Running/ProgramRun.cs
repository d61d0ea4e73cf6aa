using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Time;
using CellLab.Drivers.Autolab.Wire;

namespace CellLab.Drivers.Autolab.Running;

/// <summary>A program that the bridge runs: its samples as records. The bridge keeps nothing: what has come is kept here until it is committed.</summary>
internal sealed class ProgramRun(ChannelAddress channel, string testId, string barcode, CellProgram program, AutolabOptions options, Clocks clocks)
    : ChannelRun(testId, barcode, clocks)
{
    private const int MostRecordsInTurn = 5000;

    private readonly List<InstrumentRecord> _records = [];
    private readonly List<StepTime> _steps = [];
    private long _dropped;
    private OpenStep? _open;

    /// <summary>News after this cursor; what lies before it is forgotten.</summary>
    public FollowedReading Since(string? resumeToken)
    {
        RunToken taken = RunToken.Parse(resumeToken);
        lock (Gate)
        {
            int before = (int)Math.Clamp(taken.Records - _dropped, 0, _records.Count);
            _records.RemoveRange(0, before);
            _dropped += before;
            InstrumentRecord[] news = [.. _records.Take(MostRecordsInTurn)];
            bool more = news.Length < _records.Count;
            var token = new RunToken(taken.Records + news.Length, _steps.Count, Notes_NeedsGate.Count);
            FollowOutcome outcome = more || !Settled ? FollowOutcome.Following : Ending == RunEnding.Done ? FollowOutcome.Complete : FollowOutcome.EndedEarly;
            return new FollowedReading(
                channel, outcome, news, [.. _steps.Skip(taken.Steps)], [.. Notes_NeedsGate.Skip(taken.Notes)], token.ToString(), more);
        }
    }

    protected override void Take_NeedsGate(RunEventLine news)
    {
        switch (news)
        {
            case StepLine step:
                Close_NeedsGate(step.Seconds);
                Open_NeedsGate(step);
                break;
            case SampleLine sample:
                Add_NeedsGate(sample);
                break;
            case FinishedLine end:
                Close_NeedsGate(end.Seconds);
                break;
        }
    }

    protected override void Conclude_NeedsGate()
    {
        Close_NeedsGate(null);
        base.Conclude_NeedsGate();
    }

    private void Open_NeedsGate(StepLine line)
    {
        ProgramStep? step = program.Steps.FirstOrDefault(s => s.Number == line.Number);
        _open = step is null ? null : new OpenStep(line.Count, step, line.Seconds, _dropped + _records.Count + 1);
        LastStepId = step?.Number ?? LastStepId;
    }

    private void Add_NeedsGate(SampleLine sample)
    {
        Watch_NeedsGate(sample.Overload, sample.Volts is not null && sample.Amperes is not null);
        double? amperes = _open?.Step is RestStep ? 0 : options.CurrentSign * sample.Amperes;
        (LastVolts, LastAmperes) = (sample.Volts, amperes);
        if (_open is not { } step || sample.Volts is not { } volts || amperes is null)
        {
            return; // a reading that is not a number has no place in a record; it is counted
        }

        step.LastSeconds = sample.Seconds;
        _records.Add(new InstrumentRecord(
            _dropped + _records.Count + 1, step.Count, step.Step.Number, KindOf(step.Step), sample.Seconds - step.StartSeconds, sample.Seconds, Provisional: false,
            StartedUtc + TimeSpan.FromSeconds(sample.Seconds), Now, volts, amperes.Value, null, null, null));
    }

    private void Close_NeedsGate(double? endSeconds)
    {
        long last = _dropped + _records.Count;
        if (_open is { } step && last >= step.FirstRecord)
        {
            double end = endSeconds ?? step.LastSeconds;
            _steps.Add(new StepTime(step.Count, step.Step.Number, step.StartSeconds, end - step.StartSeconds, step.FirstRecord, last));
        }

        _open = null;
    }

    private static StepKind KindOf(ProgramStep step) => step switch
    {
        RestStep => StepKind.Rest,
        CurrentStep { CurrentAmperes: > 0 } => StepKind.ConstantCurrentCharge,
        CurrentStep => StepKind.ConstantCurrentDischarge,
        VoltageStep => StepKind.ConstantVoltage,
        ScanStep => StepKind.VoltageScan,
        _ => StepKind.Unknown,
    };

    private sealed record OpenStep(int Count, ProgramStep Step, double StartSeconds, long FirstRecord)
    {
        public double LastSeconds { get; set; } = StartSeconds;
    }
}
