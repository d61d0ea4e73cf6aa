using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog.Runs;
using CellLab.Drivers.MethodScript.Scripts;
using CellLab.Drivers.MethodScript.Session;
using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript.Running;

/// <summary>A program that the instrument runs alone: its packages as records.</summary>
internal sealed class ProgramRun : ChannelRun
{
    private readonly MethodScriptOptions _options;
    private readonly KeptRecords _kept;

    public ProgramRun(ChannelAddress channel, string testId, string barcode, CellProgram program, MethodScriptOptions options, Clocks clocks)
        : base(testId, barcode, LongestQuietOf(program), clocks)
    {
        _options = options;
        _kept = new KeptRecords(channel, program, StartedUtc);
    }

    /// <inheritdoc cref="KeptRecords.Since"/>
    public FollowedReading Since(string? resumeToken)
    {
        lock (Gate)
        {
            FollowOutcome? ended = !Settled ? null : Ending == ScriptEnding.Normal && !LimitPassed ? FollowOutcome.Complete : FollowOutcome.EndedEarly;
            return _kept.Since(resumeToken, Notes.All, ended);
        }
    }

    protected override void Take(OutputLine line, DateTimeOffset receivedUtc)
    {
        lock (Gate)
        {
            switch (line)
            {
                case PackageLine announcement when announcement.ValueOf("jb") is { } number:
                    Begin_NeedsGate(announcement, (int)number);
                    break;
                case PackageLine package:
                    Add_NeedsGate(package, receivedUtc);
                    break;
                case TextLine { Text: ProgramScript.LimitText }:
                    LimitPassed = true;
                    Notes.Add("a safety limit was passed; the instrument ended the test and switched the cell off");
                    break;
            }
        }
    }

    protected override void Conclude_NeedsGate()
    {
        _kept.Close(null);
        base.Conclude_NeedsGate();
    }

    private void Begin_NeedsGate(PackageLine announcement, int number)
    {
        double? seconds = announcement.ValueOf(VariableTypes.Seconds);
        _kept.Close(seconds);
        LastStepId = _kept.Open((int)(announcement.ValueOf(VariableTypes.Generic) ?? 0), number, seconds ?? 0)?.Number ?? LastStepId;
    }

    private void Add_NeedsGate(PackageLine package, DateTimeOffset receivedUtc)
    {
        Watch_NeedsGate(package);
        double? volts = package.ValueOf(VariableTypes.MeasuredVolts, VariableTypes.AppliedVolts);
        double? amperes = _kept.Step is RestStep ? 0 : _options.CurrentSign * package.ValueOf(VariableTypes.MeasuredAmperes, VariableTypes.AppliedAmperes);
        (LastVolts, LastAmperes) = (volts, amperes);
        if (package.ValueOf(VariableTypes.Seconds) is { } seconds && volts is not null && amperes is not null) // what is not a number has no place in a record; it is counted
        {
            _kept.Add(seconds, receivedUtc, volts.Value, amperes.Value);
        }
    }

    private static TimeSpan LongestQuietOf(CellProgram program) => TimeSpan.FromSeconds(
        3 * program.Steps.Select(step => (step.Record ?? program.Record).IntervalSeconds).DefaultIfEmpty(1).Max());
}
