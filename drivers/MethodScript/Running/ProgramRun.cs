using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Time;
using CellLab.Drivers.MethodScript.Scripts;
using CellLab.Drivers.MethodScript.Session;
using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript.Running;

/// <summary>A program that the instrument runs alone: its packages as records. The instrument keeps nothing: what has come is kept here until it is
/// committed.</summary>
internal sealed class ProgramRun(
    ChannelAddress channel, string testId, string barcode, CellProgram program, MethodScriptOptions options, Clocks clocks)
    : ChannelRun(testId, barcode, LongestQuietOf(program), clocks)
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
            FollowOutcome outcome = more || !Settled ? FollowOutcome.Following
                : Ending == ScriptEnding.Normal && !LimitPassed ? FollowOutcome.Complete : FollowOutcome.EndedEarly;
            return new FollowedReading(
                channel, outcome, news, [.. _steps.Skip(taken.Steps)], [.. Notes_NeedsGate.Skip(taken.Notes)], token.ToString(), more);
        }
    }

    protected override void Take(OutputLine line, DateTimeOffset receivedUtc)
    {
        lock (Gate)
        {
            switch (line)
            {
                case PackageLine announcement when announcement.ValueOf("jb") is { } number:
                    CloseStep_NeedsGate(announcement.ValueOf(VariableTypes.Seconds));
                    OpenStep_NeedsGate(announcement, (int)number);
                    break;
                case PackageLine package:
                    Add_NeedsGate(package, receivedUtc);
                    break;
                case TextLine { Text: ProgramScript.LimitText }:
                    LimitPassed = true;
                    Note_NeedsGate("a safety limit was passed; the instrument ended the test and switched the cell off");
                    break;
            }
        }
    }

    protected override void Conclude_NeedsGate()
    {
        CloseStep_NeedsGate(null);
        base.Conclude_NeedsGate();
    }

    private void OpenStep_NeedsGate(PackageLine announcement, int number)
    {
        ProgramStep? step = program.Steps.FirstOrDefault(s => s.Number == number);
        _open = step is null
            ? null
            : new OpenStep((int)(announcement.ValueOf(VariableTypes.Generic) ?? 0), step, announcement.ValueOf(VariableTypes.Seconds) ?? 0, _dropped + _records.Count + 1);
        LastStepId = step?.Number ?? LastStepId;
    }

    private void Add_NeedsGate(PackageLine package, DateTimeOffset receivedUtc)
    {
        Watch_NeedsGate(package);
        double? volts = package.ValueOf(VariableTypes.MeasuredVolts, VariableTypes.AppliedVolts);
        double? amperes = _open?.Step is RestStep ? 0 : options.CurrentSign * package.ValueOf(VariableTypes.MeasuredAmperes, VariableTypes.AppliedAmperes);
        (LastVolts, LastAmperes) = (volts, amperes);
        if (_open is not { } step || package.ValueOf(VariableTypes.Seconds) is not { } seconds || volts is null || amperes is null)
        {
            return; // a reading that is not a number has no place in a record; it is counted
        }

        step.LastSeconds = seconds;
        _records.Add(new InstrumentRecord(
            _dropped + _records.Count + 1, step.Count, step.Step.Number, KindOf(step.Step), seconds - step.StartSeconds, seconds, Provisional: false,
            StartedUtc + TimeSpan.FromSeconds(seconds), receivedUtc, volts.Value, amperes.Value, null, null, null));
    }

    private void CloseStep_NeedsGate(double? endSeconds)
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

    private static TimeSpan LongestQuietOf(CellProgram program) => TimeSpan.FromSeconds(
        3 * program.Steps.Select(step => (step.Record ?? program.Record).IntervalSeconds).DefaultIfEmpty(1).Max());

    private sealed record OpenStep(int Count, ProgramStep Step, double StartSeconds, long FirstRecord)
    {
        public double LastSeconds { get; set; } = StartSeconds;
    }
}
