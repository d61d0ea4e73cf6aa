using System.Globalization;
using CellLab.Core.Cycles;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;

namespace CellLab.Storage.Export;

/// <summary>Goes once over the rows of a job and learns which cycle and start each step has: both are certain only at the step's end.</summary>
internal sealed class OutlineBuilder(Job job, IReadOnlyList<Segment> segments, IReadOnlyList<StoredStepTime> stepTimes)
{
    private readonly CycleCounter _cycles = new(job.Program.NominalCapacityAmpereHours, job.Leading);
    private readonly Dictionary<StepKey, StepTime> _final = stepTimes.ToDictionary(t => new StepKey(t.Segment, t.Step.StepCount), t => t.Step);
    private readonly Dictionary<int, double> _offsets = segments.ToDictionary(s => s.Index, s => s.TestTimeOffsetSeconds);
    private readonly Dictionary<StepKey, StepFacts> _steps = [];
    private readonly List<GapFact> _gaps = [];
    private readonly List<string> _corrections = [];
    private readonly double _gapSeconds = GapSecondsOf(job);
    private RecordRow? _first;
    private RecordRow? _last;
    private StepCharge? _charge;
    private StepFacts? _step;
    private int _direction;
    private int _stepOffset;
    private double _testTime;

    /// <summary>No record for longer than this within a step is a gap.</summary>
    public static double GapSecondsOf(Job job) => Math.Max(3 * job.Program.LongestIntervalSeconds, 60);

    public void Add(RecordRow row)
    {
        if (_last is null || StepKey.Of(_last) != StepKey.Of(row))
        {
            EndStep();
            BeginStep(row);
        }
        else
        {
            NoteGap(_last.Record, row);
            _charge!.Add(row.Record);
        }

        _direction = _direction == 0 ? Math.Sign(row.Record.CurrentAmperes) : _direction;
        int cycle = _cycles.Count(_steps.Count + 1, _charge!.Capacity.Value.Net);
        _step = _step! with { Cycle = cycle, Direction = _direction };
        _testTime = _step.StartSeconds + row.Record.StepTimeSeconds;
        _first ??= row;
        _last = row;
    }

    public JobOutline Build()
    {
        EndStep();
        return new JobOutline(_last?.Sequence ?? 0, _steps, _gaps, _corrections, _first, _last);
    }

    private void BeginStep(RecordRow row)
    {
        if (_last is { } last && last.Segment != row.Segment && row.Record.StepCount <= last.Record.StepCount)
        {
            _stepOffset += last.Record.StepCount;
        }

        bool isFinal = _final.TryGetValue(StepKey.Of(row), out StepTime? final);
        double start = isFinal
            ? _offsets.GetValueOrDefault(row.Segment) + final!.StartSeconds
            : row.TestTimeSeconds - row.Record.StepTimeSeconds;
        _step = new StepFacts(
            _stepOffset + row.Record.StepCount, 0, row.Record.Kind, 0, NotBefore(start, row), isFinal ? final!.DurationSeconds : null);
        _charge = new StepCharge(row.Record, _gapSeconds);
        _direction = 0;
    }

    /// <summary>Test time never falls: a start that is not certain yet may not lie before the last record of the step before.</summary>
    private double NotBefore(double start, RecordRow row)
    {
        double earliest = _testTime - row.Record.StepTimeSeconds;
        if (start >= earliest)
        {
            return start;
        }

        _corrections.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"step {_stepOffset + row.Record.StepCount}: start moved by {earliest - start:G3} s, behind the last record of the step before"));
        return earliest;
    }

    private void NoteGap(InstrumentRecord last, RecordRow row)
    {
        if (StepCharge.IsGap(last, row.Record, _gapSeconds))
        {
            _gaps.Add(new GapFact(_step!.StepCount, row.Sequence - 1, last.StepTimeSeconds, row.Record.StepTimeSeconds));
        }
    }

    private void EndStep()
    {
        if (_last is { } last && _step is { } step)
        {
            _steps[StepKey.Of(last)] = step;
        }
    }
}
