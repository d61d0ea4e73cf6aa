using CellLab.Analysis.DqDv;
using CellLab.Core.Records;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Service.Triggers;

/// <summary>How many maxima of dQ/dV the present half cycle has behind it: the voltage has gone beyond one by the reach of the smoothing.</summary>
internal sealed class PeaksPassed : IDerivedQuantity
{
    /// <summary>Beyond four times the smoothing's sigma nothing changes a maximum any more.</summary>
    private const double BeyondVolts = 4 * DqDvCurve.DefaultSigmaVolts;

    private readonly CellTrack _track = new(CellTrackState.New);
    private ChargeHistogram _histogram = new(DqDvCurve.DefaultBinVolts);
    private double _lookedAtVolts = double.NaN;
    private int _passed;

    public double? Next(RecordRow row)
    {
        CellPoint? before = _track.State.Last;
        CellDirection half = _track.State.HalfCycle;
        CellPoint now = _track.Add(row);
        if (_track.State.HalfCycle != half)
        {
            (_histogram, _lookedAtVolts, _passed) = (new ChargeHistogram(DqDvCurve.DefaultBinVolts), double.NaN, 0);
        }

        if (now.Direction == CellDirection.Rest)
        {
            return _passed;
        }

        if (before?.StepCount == now.StepCount)
        {
            _histogram.Add(before.VoltageVolts, now.VoltageVolts, Math.Abs(now.NetAmpereHours - before.NetAmpereHours));
        }

        Look(now);
        return _passed;
    }

    public double? Next(CompanionRow row) => _passed;

    private void Look(CellPoint now)
    {
        if (Math.Abs(now.VoltageVolts - _lookedAtVolts) < DqDvCurve.DefaultBinVolts)
        {
            return;
        }

        _lookedAtVolts = now.VoltageVolts;
        int sign = now.Direction == CellDirection.Charge ? 1 : -1;
        int behind = DqDvPeak.Find(DqDvCurve.Of(_histogram, DqDvCurve.DefaultSigmaVolts)).Count(peak => sign * (now.VoltageVolts - peak.Volts) > BeyondVolts);
        _passed = Math.Max(_passed, behind);
    }
}
