using CellLab.Analysis.Cycling;

namespace CellLab.Analysis.DqDv;

/// <summary>dQ/dV of cycle after cycle, beside a <see cref="CyclingAnalysis"/> that says to which cycle a step belongs. Each record costs only
/// itself; a closed cycle is given out once. Not safe for several threads.</summary>
/// <param name="before">The result of the cycle before the first one here, from which limits and peaks are followed on; null at the beginning.</param>
public sealed class CycleCurves(CyclingSettings settings, CycleCurve? before = null)
{
    private readonly StepStream _stream = new(settings, new NoSink());
    private StepCurve _step = new(DqDvCurve.DefaultBinVolts);
    private ChargeHistogram _charge = new(DqDvCurve.DefaultBinVolts);
    private ChargeHistogram _discharge = new(DqDvCurve.DefaultBinVolts);
    private CycleCurve? _before = before;

    /// <summary>What moved with the next record, as the analysis of cycles told when it took it.</summary>
    public void Add(in MovedCharge moved) => _step.Add(moved);

    /// <summary>A record that the analysis of cycles took before this start, without telling.</summary>
    public void AddAgain(in CyclingRecord record)
    {
        if (_stream.Add(record) is { } moved)
        {
            _step.Add(moved);
        }
    }

    /// <summary>The running step is over; it belongs to the cycle that is open.</summary>
    public void StepEnded()
    {
        _charge.Add(_step.Charge());
        _discharge.Add(_step.Discharge());
        _step = new StepCurve(DqDvCurve.DefaultBinVolts);
    }

    /// <summary>The open cycle is over.</summary>
    public CycleCurve Close(CycleResult cycle)
    {
        var result = new CycleCurve
        {
            Cycle = cycle.Cycle,
            Block = cycle.Block,
            Complete = cycle.Complete,
            Charge = HalfCurves.Of(_charge, "charge", RedoxLimits.Charge, FollowedCharge()),
            Discharge = HalfCurves.Of(_discharge, "discharge", RedoxLimits.Discharge, _before?.Discharge),
            BinV = DqDvCurve.DefaultBinVolts,
            SigmaV = DqDvCurve.DefaultSigmaVolts,
            Method = DqDvCurve.MethodVersion,
        };
        _charge = new ChargeHistogram(DqDvCurve.DefaultBinVolts);
        _discharge = new ChargeHistogram(DqDvCurve.DefaultBinVolts);
        _before = result with { Charge = result.Charge ?? _before?.Charge, Discharge = result.Discharge ?? _before?.Discharge };
        return result;
    }

    /// <summary>The first charge activates the material: its minima are not those that later cycles have, so limits are followed from the second on.</summary>
    private HalfCurve? FollowedCharge() =>
        _before is { Cycle: <= 1, Charge: { } first } ? first with { FollowedLowerV = null, FollowedUpperV = null } : _before?.Charge;

    private sealed class NoSink : ICyclingSink
    {
        public void StepEnded(StepResult step)
        {
            // the analysis of cycles tells it
        }

        public void CycleClosed(CycleResult cycle) => throw new InvalidOperationException("a stream of steps closes no cycles");

        public void Found(Finding finding)
        {
            // the analysis of cycles tells it
        }
    }
}
