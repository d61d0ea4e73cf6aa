using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;

namespace CellLab.Tests.Storage.Export;

/// <summary>Writes the rows of a test step by step, as a tester with whole-second clocks and optional counters would give them.</summary>
internal sealed class ScriptedTest(JobId job, bool counters)
{
    private readonly List<RecordRow> _rows = [];
    private readonly List<StoredStepTime> _stepTimes = [];
    private double _segmentSeconds;
    private readonly List<double> _offsets = [0];
    private double _segmentOffset;
    private int _segment;
    private int _stepCount;
    private long _recordNumber;

    public IReadOnlyList<RecordRow> Rows => _rows;

    public IReadOnlyList<StoredStepTime> StepTimes => _stepTimes;

    /// <summary>One executed step of constant current.</summary>
    /// <param name="final">The step table has told the step's true start; the records' own test time is off by up to a second.</param>
    public ScriptedTest Step(StepKind kind, double amperes, double seconds, double interval, bool final = true, double volts = 3.7)
    {
        _stepCount++;
        double start = _segmentSeconds;
        long first = _recordNumber + 1;
        int count = (int)(seconds / interval);
        for (int n = 0; n <= count; n++)
        {
            Add(kind, amperes, n * interval, start, final, volts + (0.001 * n));
        }

        if (final)
        {
            _stepTimes.Add(new StoredStepTime(
                job, Streams.Cycler, _segment, new StepTime(_stepCount, _stepCount % 3, start, count * interval, first, _recordNumber)));
        }

        _segmentSeconds = start + (count * interval);
        return this;
    }

    /// <summary>The next steps run under a new test id: the instrument counts from 1 again.</summary>
    public ScriptedTest NextSegment(double restSeconds)
    {
        _segmentOffset += _segmentSeconds + restSeconds;
        _offsets.Add(_segmentOffset);
        (_segment, _stepCount, _recordNumber, _segmentSeconds) = (_segment + 1, 0, 0, 0);
        return this;
    }

    /// <summary>Rows are lost between the last record and the next.</summary>
    public ScriptedTest Lose(int records)
    {
        _recordNumber += records;
        return this;
    }

    public double OffsetOf(int segment) => _offsets[segment];

    private void Add(StepKind kind, double amperes, double stepSeconds, double start, bool final, double volts)
    {
        double hours = stepSeconds / 3600;
        double segmentSeconds = start + stepSeconds;
        var at = Storage.Rows.Start.AddSeconds(_segmentOffset + segmentSeconds);
        var record = new InstrumentRecord(
            ++_recordNumber, _stepCount, _stepCount % 3, kind, stepSeconds, segmentSeconds + (final ? 0.8 : 0), !final, at, at.AddSeconds(2), volts, amperes,
            counters ? Math.Abs(amperes) * hours : null, counters ? Math.Abs(amperes) * volts * hours : null, 1 + (_stepCount / 4));
        _rows.Add(new RecordRow(
            job, Streams.Cycler, _rows.Count + 1, _segment, _segmentOffset + record.SegmentTimeSeconds, 0, "block, \"A\"", 1, record));
    }
}
