using System.Globalization;
using CellLab.Core.Cycles;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Safety;

namespace CellLab.Engine.Live;

/// <summary>Turns the records of one segment into rows of the job: sequence numbers, live cycle count, block and pass, gaps, limits. Its whole
/// state lies in the segment, so that it can be made anew from what the journal holds.</summary>
internal sealed class RecordTracker
{
    private const double ShortestGapSeconds = 60;

    private readonly Job _job;
    private readonly CycleCounter _cycles;
    private readonly SafetyGuard _guard;
    private readonly ProgramWalk _walk;
    private Segment _segment;
    private TrackerState _state;

    public RecordTracker(Job job, Segment segment)
    {
        (_job, _segment) = (job, segment);
        _state = TrackerState.FromToken(segment.EngineToken);
        _cycles = new CycleCounter(job.Program.NominalCapacityAmpereHours, job.Leading, _state.Cycle);
        _guard = new SafetyGuard(job.Program, _state.Guard);
        _walk = new ProgramWalk(job.Program);
        _walk.MoveTo(Math.Max(1, _state.StepCount));
    }

    public bool LimitNear => _guard.LimitNear;

    /// <summary>The program has been walked to its last step.</summary>
    public bool AtLastStep => _state.StepCount >= _walk.TotalSteps;

    /// <summary>A gap has been seen in the segment's records.</summary>
    public bool HasGaps => _state.HasGaps;

    public int StepCount => _state.StepCount;

    public TrackedTurn Accept(FollowedReading reading)
    {
        var rows = new List<RecordRow>(reading.Records.Count);
        var events = reading.Notes.Select(note => ("instrument", note)).ToList();
        var findings = new List<GuardFinding>();
        long sequence = _segment.LastSequence;
        foreach (InstrumentRecord record in reading.Records)
        {
            NoteGap(record, events);
            FollowProgram(record, events);
            if (_guard.Watch(record) is { } finding)
            {
                findings.Add(finding);
            }

            rows.Add(Row(record, ++sequence));
        }

        _state = _state with { Cycle = _cycles.State, Guard = _guard.State };
        _segment = _segment with { ResumeToken = reading.ResumeToken, LastSequence = sequence, EngineToken = _state.ToToken() };
        return new TrackedTurn(rows, _segment, events, findings);
    }

    private RecordRow Row(InstrumentRecord record, long sequence)
    {
        double moved = MovedInStep(record);
        int cycle = _cycles.Count(record.StepCount, moved);
        _state = _state with
        {
            StepCount = record.StepCount,
            StepSeconds = record.StepTimeSeconds,
            StepAmpereHours = moved,
            CurrentAmperes = record.CurrentAmperes,
        };
        double testTime = _segment.TestTimeOffsetSeconds + record.SegmentTimeSeconds;
        return new RecordRow(_job.Id, Streams.Cycler, sequence, _segment.Index, testTime, cycle, Block(record), _walk.Pass, record);
    }

    /// <summary>Signed charge since the start of the step: the device's counter with the sign of the current, else the trapezoid of the current.</summary>
    private double MovedInStep(InstrumentRecord record)
    {
        if (record.StepCapacityAmpereHours is { } counter)
        {
            return Math.CopySign(counter, record.CurrentAmperes);
        }

        bool sameStep = record.StepCount == _state.StepCount;
        double seconds = record.StepTimeSeconds - (sameStep ? _state.StepSeconds : 0);
        double before = sameStep ? _state.CurrentAmperes : record.CurrentAmperes;
        return (sameStep ? _state.StepAmpereHours : 0) + ((before + record.CurrentAmperes) / 2 * seconds / 3600);
    }

    private void NoteGap(InstrumentRecord record, List<(string, string)> events)
    {
        double silence = record.StepTimeSeconds - _state.StepSeconds;
        double allowed = Math.Max(3 * _job.Program.Record.IntervalSeconds, ShortestGapSeconds);
        if (record.StepCount == _state.StepCount && silence > allowed)
        {
            _state = _state with { HasGaps = true };
            events.Add(("gap", string.Create(
                CultureInfo.InvariantCulture,
                $"no record for {silence:F1} s in step {record.StepCount} before instrument record {record.RecordNumber}")));
        }
    }

    private void FollowProgram(InstrumentRecord record, List<(string, string)> events)
    {
        _walk.MoveTo(record.StepCount);
        if (_state.HasStrayed || _walk.Current?.Number == record.StepId)
        {
            return;
        }

        _state = _state with { HasStrayed = true };
        events.Add(("program", string.Create(
            CultureInfo.InvariantCulture,
            $"executed step {record.StepCount} is program step {record.StepId}, expected {_walk.Current?.Number.ToString(CultureInfo.InvariantCulture) ?? "the end"}; passes are uncertain from here")));
    }

    private string Block(InstrumentRecord record) =>
        record.StepId >= 1 && record.StepId <= _job.Program.Steps.Count ? _job.Program.Steps[record.StepId - 1].Block : "unknown";
}
