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
    private readonly CellProgram _program;
    private readonly CycleCounter _cycles;
    private readonly SafetyGuard _guard;
    private readonly ProgramWalk _walk;
    private readonly ProgramWalk _jobWalk;
    private readonly ProgramWatch _watch;
    private readonly bool _executorJudges;
    private Segment _segment;
    private TrackerState _state;

    /// <param name="steppedByService">Exits in the segment's program are judged by whoever steps it.</param>
    public RecordTracker(Job job, Segment segment, bool steppedByService = false)
    {
        (_job, _segment) = (job, segment);
        _program = segment.Program ?? job.Program;
        _state = TrackerState.FromToken(segment.EngineToken);
        _cycles = new CycleCounter(job.Program.NominalCapacityAmpereHours, job.Leading, _state.Cycle);
        _guard = new SafetyGuard(_program, _state.Guard);
        _executorJudges = steppedByService && _program.Steps.OfType<LoopStep>().Any(loop => loop.Exits is not null);
        _walk = new ProgramWalk(_program);
        _walk.GoTo(Math.Max(1, _state.StepCount), _state.LeftOut);
        _jobWalk = new ProgramWalk(job.Program);
        _watch = new ProgramWatch(job.Program, job.Leading);
    }

    public bool LimitNear => _guard.LimitNear;

    /// <summary>The segment's program has been walked to its last step. Who judges exits itself knows when it is over.</summary>
    public bool AtLastStep => _executorJudges || _state.StepCount >= _walk.TotalSteps;

    /// <summary>A gap has been seen in the job's records.</summary>
    public bool HasGaps => _state.HasGaps;

    /// <summary>Executed steps of the segment.</summary>
    public int StepCount => _state.StepCount;

    /// <summary>A loop was left: stop the segment and go on at this place of the job's program.</summary>
    public long? LeftTo => _state.LeftTo;

    private long Place => _segment.FirstPlace + Math.Max(0, _state.StepCount - 1) + _state.LeftOut;

    public TrackedTurn Accept(FollowedReading reading)
    {
        var rows = new List<RecordRow>(reading.Records.Count);
        var events = reading.Notes.Select(note => ("instrument", note)).ToList();
        var findings = new List<GuardFinding>();
        long sequence = _segment.LastSequence;
        foreach (InstrumentRecord record in reading.Records)
        {
            BeginAt(record);
            NoteGap(record, events);
            FollowProgram(record, events);
            if (_guard.Watch(record, reading.CurrentResolutionAmperes) is { } finding)
            {
                findings.Add(finding);
            }

            rows.Add(Row(record, ++sequence));
        }

        _state = _state with { Cycle = _cycles.State, Guard = _guard.State };
        _segment = _segment with { ResumeToken = reading.ResumeToken, LastSequence = sequence, EngineToken = _state.ToToken() };
        return new TrackedTurn(rows, _segment, events, findings);
    }

    /// <summary>The segment after its planned end: its last step is over, and it is known where the job goes on. Changes nothing here: it may
    /// be asked again when it could not be stored.</summary>
    public Segment Finish(DateTimeOffset endedAtUtc)
    {
        TrackerState ended = _state.LeftTo is null ? StepEnded().State : _state;
        long next = ended.LeftTo ?? _segment.EndPlace ?? long.MaxValue;
        return _segment with { EngineToken = ended.ToToken(), EndedAtUtc = endedAtUtc, NextPlace = next };
    }

    /// <summary>A step time of the segment as one of the job.</summary>
    public StepTime ToJob(StepTime step) => step with { StepCount = _segment.StepsBefore + step.StepCount, StepId = NumberOf(step.StepId) };

    /// <summary>The first record tells when the segment began by the instrument's corrected clock, and so the time since the job began.</summary>
    private void BeginAt(InstrumentRecord record)
    {
        if (_state.StepCount != 0)
        {
            return;
        }

        DateTimeOffset began = record.TakenAtUtc.AddSeconds(-record.SegmentTimeSeconds);
        double sinceJob = _job.StartedAtUtc is { } first && _segment.Index > 1 ? (began - first).TotalSeconds : 0;
        _segment = _segment with { StartedAtUtc = began, TestTimeOffsetSeconds = Math.Max(_segment.TestTimeOffsetSeconds, sinceJob) };
    }

    private RecordRow Row(InstrumentRecord segmentRecord, long sequence)
    {
        double moved = MovedInStep(segmentRecord);
        InstrumentRecord record = segmentRecord with { StepCount = _segment.StepsBefore + segmentRecord.StepCount, StepId = NumberOf(segmentRecord.StepId) };
        int cycle = _cycles.Count(record.StepCount, moved);
        _state = _state with
        {
            StepCount = segmentRecord.StepCount,
            LeftOut = segmentRecord.StepsLeftOut,
            StepSeconds = record.StepTimeSeconds,
            SegmentSeconds = record.SegmentTimeSeconds,
            StepAmpereHours = moved,
            CurrentAmperes = record.CurrentAmperes,
        };
        if (_state is { LeftTo: null, Memory: { } memory })
        {
            _state = _state with { Memory = _watch.Measured(memory, Place, record.VoltageVolts) };
        }

        _jobWalk.GoTo(1, Place);
        double testTime = _segment.TestTimeOffsetSeconds + record.SegmentTimeSeconds;
        return new RecordRow(_job.Id, Streams.Cycler, sequence, _segment.Index, testTime, cycle, Block(record), _jobWalk.Pass, record);
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
        bool sameStep = record.StepCount == _state.StepCount;
        double silence = record.StepTimeSeconds - (sameStep ? _state.StepSeconds : 0); // of a step that has just begun at least its own time
        double allowed = Math.Max(3 * _program.LongestIntervalSeconds, ShortestGapSeconds);
        if (silence > allowed)
        {
            _state = _state with { HasGaps = true };
            events.Add(("gap", string.Create(
                CultureInfo.InvariantCulture,
                $"no record for {silence:F1} s in step {record.StepCount} before instrument record {record.RecordNumber}")));
        }
    }

    private void FollowProgram(InstrumentRecord record, List<(string, string)> events)
    {
        bool over = _state.StepCount > 0 && record.StepCount > _state.StepCount && _state.LeftTo is null;
        (_state, LoopLeft? exit) = over ? StepEnded() : (_state, null);
        if (exit is { } left)
        {
            events.Add(("exit", $"the repeat '{left.Loop.Block}' is left after pass {left.Pass}: {left.Why}; the instrument is stopped"));
        }

        _walk.GoTo(record.StepCount, record.StepsLeftOut);
        if (_state.HasStrayed || _walk.Current?.Number == record.StepId)
        {
            return;
        }

        _state = _state with { HasStrayed = true };
        events.Add(("program", string.Create(
            CultureInfo.InvariantCulture,
            $"executed step {record.StepCount} is program step {record.StepId}, expected {_walk.Current?.Number.ToString(CultureInfo.InvariantCulture) ?? "the end"}; passes are uncertain from here")));
    }

    /// <summary>The state once the step that the last record belongs to counts as over. Where the executor judges exits, the memory is kept for what may follow
    /// after an interruption, and the judgement is left to it.</summary>
    private (TrackerState State, LoopLeft? Left) StepEnded()
    {
        if (_state.Memory is not { } memory || _state.HasStrayed)
        {
            return (_state, null);
        }

        WatchTurn turn = _watch.StepEnded(memory, Place, _state.DoneAmpereHours());
        LoopLeft? left = _executorJudges ? null : turn.Left;
        return (_state with { Memory = turn.Memory, LeftTo = left is null ? null : turn.NextPlace }, left);
    }

    /// <summary>Number in the job's program of a step of the segment's.</summary>
    private int NumberOf(int stepId) =>
        _segment.StepNumbers is { } numbers && stepId >= 1 && stepId <= numbers.Count ? numbers[stepId - 1] : stepId;

    private string Block(InstrumentRecord record) =>
        record.StepId >= 1 && record.StepId <= _job.Program.Steps.Count ? _job.Program.Steps[record.StepId - 1].Block : "unknown";
}
