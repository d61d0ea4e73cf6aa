using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Drivers.Autolab.Wire;
using CellLab.Drivers.Catalog.Runs;

namespace CellLab.Drivers.Autolab.Running;

/// <summary>A program that the bridge runs: its samples as records.</summary>
internal sealed class ProgramRun : ChannelRun
{
    private readonly AutolabOptions _options;
    private readonly KeptRecords _kept;

    public ProgramRun(ChannelAddress channel, string testId, string barcode, CellProgram program, AutolabOptions options, Clocks clocks)
        : base(testId, barcode, clocks)
    {
        _options = options;
        _kept = new KeptRecords(channel, program, StartedUtc);
    }

    /// <inheritdoc cref="KeptRecords.Since"/>
    public FollowedReading Since(string? resumeToken)
    {
        lock (Gate)
        {
            FollowOutcome? ended = !Settled ? null : Ending == RunEnding.Done ? FollowOutcome.Complete : FollowOutcome.EndedEarly;
            return _kept.Since(resumeToken, Notes.All, ended);
        }
    }

    protected override void Take_NeedsGate(RunEventLine news)
    {
        switch (news)
        {
            case StepLine step:
                _kept.Close(step.Seconds);
                LastStepId = _kept.Open(step.Count, step.Number, step.Seconds)?.Number ?? LastStepId;
                break;
            case SampleLine sample:
                Add_NeedsGate(sample);
                break;
            case FinishedLine end:
                _kept.Close(end.Seconds);
                break;
        }
    }

    protected override void Conclude_NeedsGate()
    {
        _kept.Close(null);
        base.Conclude_NeedsGate();
    }

    private void Add_NeedsGate(SampleLine sample)
    {
        Notes.Watch(sample.Overload, sample.Volts is not null && sample.Amperes is not null);
        double? amperes = _kept.Step is RestStep ? 0 : _options.CurrentSign * sample.Amperes;
        (LastVolts, LastAmperes) = (sample.Volts, amperes);
        if (sample.Volts is { } volts && amperes is not null) // a reading that is not a number has no place in a record; it is counted
        {
            _kept.Add(sample.Seconds, Now, volts, amperes.Value);
        }
    }
}
