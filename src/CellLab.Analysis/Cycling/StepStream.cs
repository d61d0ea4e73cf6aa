using System.Globalization;
using CellLab.Core.Cycles;

namespace CellLab.Analysis.Cycling;

/// <summary>The steps of any table of records, one record at a time, by the arithmetic that a running test gets. Sequence numbers may start
/// anywhere and need not be without gap: they come back in steps and findings. Cycles are counted afterwards (<see cref="CycleGroups"/>), since a
/// foreign file does not say its nominal capacity. Not safe for several threads.</summary>
public sealed class StepStream(CyclingSettings settings, ICyclingSink sink)
{
    private const double WorthComparing = 1e-3;

    private RunningStep? _step;
    private DirectedSums _directed = new();
    private double _largestAh;

    /// <summary>Takes the next record and tells what moved since the one before; null when it cannot be used (a value is not a number).</summary>
    public MovedCharge? Add(in CyclingRecord record)
    {
        if (!record.IsFinite)
        {
            sink.Found(Finding.Warning(FindingCodes.NotANumber, record.Sequence, "voltage_v", string.Create(
                CultureInfo.InvariantCulture, $"row {record.Sequence}: a value is missing or no number; the row is passed over")));
            return null;
        }

        return _step is { } running && running.Segment == record.Segment && running.StepCount == record.StepCount
            ? Continue(running, record)
            : Begin(record);
    }

    /// <summary>Ends the last step.</summary>
    public void Finish()
    {
        if (_step is not { } step)
        {
            return;
        }

        StepResult result = step.ToResult(cycle: 0);
        result = _directed.Complete ? result with { Counted = true, Sums = _directed.Over(result.Sums) } : result;
        _largestAh = Math.Max(_largestAh, result.Sums.ThroughputAh);
        StepArithmetic.CompareWithIntegral(step, WorthComparing * _largestAh, sink);
        _step = null;
        sink.StepEnded(result);
    }

    private MovedCharge Begin(in CyclingRecord record)
    {
        Finish();
        _directed = new DirectedSums();
        TwoWay? directed = _directed.Add(record);
        _step = StepArithmetic.Begin(record, null, settings, sink);
        return Directed(StepArithmetic.MovedBefore(_step), directed);
    }

    private MovedCharge Continue(RunningStep step, in CyclingRecord record)
    {
        MovedCharge moved = StepArithmetic.Add(step, record, settings, sink);
        return Directed(moved, _directed.Add(record));
    }

    /// <summary>Counters of both directions win over the one without.</summary>
    private static MovedCharge Directed(in MovedCharge moved, TwoWay? counters) =>
        counters is { } both ? moved with { ChargeAh = both.Charge, DischargeAh = both.Discharge } : moved;

    /// <summary>Counters of both directions, as long as every record of the step has them.</summary>
    private sealed class DirectedSums
    {
        private TwoWay _ah;
        private TwoWay? _wh = default(TwoWay);

        public bool Complete { get; private set; } = true;

        public TwoWay? Add(in CyclingRecord record)
        {
            if (!Complete || record.StepDirectedAmpereHours is not { } ah)
            {
                Complete = false;
                return null;
            }

            TwoWay moved = new(ah.Charge - _ah.Charge, ah.Discharge - _ah.Discharge);
            _ah = ah;
            _wh = _wh is null ? null : record.StepDirectedWattHours;
            return moved;
        }

        public HalfSums Over(HalfSums sums) => _wh is { } wh
            ? new HalfSums(_ah.Charge, _ah.Discharge, wh.Charge, wh.Discharge)
            : sums with { ChargeAh = _ah.Charge, DischargeAh = _ah.Discharge };
    }
}
