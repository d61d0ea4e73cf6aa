using System.Globalization;
using CellLab.Core.Cycles;

namespace CellLab.Analysis.Cycling;

/// <summary>Cycle arithmetic, one record at a time; a batch is the same code over all records (<see cref="CyclingBatch"/>).
/// A step belongs to one cycle as a whole; a cycle closes at the record with which the next leading step qualifies.
/// Not safe for several threads.</summary>
public sealed class CyclingAnalysis
{
    private const double QualifyingShare = 1e-3;

    private readonly CyclingSettings _settings;
    private readonly ICyclingSink _sink;
    private readonly CyclingState _state;
    private readonly CycleCounter _counter;
    private readonly double _qualifyingAh;

    /// <param name="state">Where an earlier analysis stopped; it is taken over and changed.</param>
    public CyclingAnalysis(CyclingSettings settings, ICyclingSink sink, CyclingState? state = null)
    {
        _settings = settings;
        _sink = sink;
        _state = state ?? new CyclingState();
        _counter = new CycleCounter(settings.NominalAmpereHours, settings.Leading, _state.Count);
        _qualifyingAh = QualifyingShare * settings.NominalAmpereHours;
    }

    /// <summary>The state now; to be written, not to be changed.</summary>
    public CyclingState State => _state;

    public long LastSequence => _state.LastSequence;

    /// <returns>What moved since the record before in its step; null for a record that is passed over (a value is not a number).</returns>
    /// <exception cref="ArgumentException">The record is not the next one.</exception>
    public MovedCharge? Add(in CyclingRecord record)
    {
        if (record.Sequence != _state.LastSequence + 1)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"record {record.Sequence} cannot follow record {_state.LastSequence}: records go in order, without gap"));
        }

        _state.LastSequence = record.Sequence;
        if (!record.IsFinite)
        {
            _sink.Found(Finding.Warning(FindingCodes.NotANumber, record.Sequence, "voltage_v", string.Create(
                CultureInfo.InvariantCulture, $"step {record.StepCount}: a value of this record is not a number; the record is passed over")));
            return null;
        }

        MovedCharge moved = Take(record, out RunningStep step);
        CountCycle(step);
        return moved;
    }

    /// <summary>Tells the final length of the running step, where the instrument's step table gives it; no more of its records may follow.</summary>
    public void EndStepAt(double stepSeconds)
    {
        if (_state.Step is { } step)
        {
            StepArithmetic.EndAt(step, stepSeconds);
            CountCycle(step);
        }
    }

    /// <summary>The open cycle with its running step, as it stands; null when nothing worth a row has happened. Changes nothing:
    /// records may still follow.</summary>
    public CycleResult? Current(DataEnd end)
    {
        RunningCycle cycle = _state.Step is { } step ? _state.Cycle.With(step, _qualifyingAh) : _state.Cycle;
        return IsWorthARow(cycle) ? cycle.ToResult(end != DataEnd.StillRunning, end == DataEnd.AsProgrammed) : null;
    }

    /// <summary>Tells the sink the last step and the last cycle, when no more records can come.</summary>
    public void Finish(DataEnd end)
    {
        EndStep();
        if (Current(end) is { } last)
        {
            _sink.CycleClosed(last);
        }
    }

    private static bool IsWorthARow(RunningCycle cycle) => cycle.Number > 0 || cycle.ChargeQualified || cycle.DischargeQualified;

    private MovedCharge Take(in CyclingRecord record, out RunningStep step)
    {
        if (_state.Step is { } running && running.Segment == record.Segment && running.StepCount == record.StepCount)
        {
            step = running;
            return StepArithmetic.Add(running, record, _settings, _sink);
        }

        EndStep();
        _state.Steps++;
        _state.Step = step = StepArithmetic.Begin(record, _state.Before, _settings, _sink);
        return StepArithmetic.MovedBefore(step);
    }

    private void CountCycle(RunningStep step)
    {
        int count = _counter.Count(_state.Steps, step.Capacity.Value.Net);
        _state.Count = _counter.State;
        if (count == _state.Cycle.Number)
        {
            return;
        }

        if (IsWorthARow(_state.Cycle))
        {
            _sink.CycleClosed(_state.Cycle.ToResult(ended: true, asProgrammed: true));
        }

        _state.Cycle = RunningCycle.BegunBy(count, step);
    }

    private void EndStep()
    {
        if (_state.Step is not { } step)
        {
            return;
        }

        _state.Cycle = _state.Cycle.With(step, _qualifyingAh);
        _state.Step = null;
        _state.Before = step.LastRecordNumber is { } number ? new RecordMark(step.Segment, number) : null;
        StepArithmetic.CompareWithIntegral(step, _qualifyingAh, _sink);
        _sink.StepEnded(step.ToResult(_state.Cycle.Number));
    }
}
