using CellLab.Analysis.DqDv;
using CellLab.Core.Records;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Service.Triggers;

/// <summary>How many maxima of dQ/dV the present half cycle has behind it: the voltage has gone beyond one by the reach of the smoothing.</summary>
internal sealed class PeaksPassed : IDerivedQuantity
{
    /// <summary>Beyond four times the smoothing's sigma nothing changes a maximum any more.</summary>
    private const double BeyondVolts = 4 * DqDvCurve.DefaultSigmaVolts;

    private const double FallenShare = 0.8;

    private readonly CellTrack _track = new(CellTrackState.New);
    private ChargeHistogram _histogram = new(DqDvCurve.DefaultBinVolts);
    private double _beganVolts;
    private double _lookedAtVolts = double.NaN;
    private int _passed;

    public double? Next(RecordRow row)
    {
        CellPoint? before = _track.State.Last;
        CellDirection half = _track.State.HalfCycle;
        CellPoint now = _track.Add(row);
        if (_track.State.HalfCycle != half)
        {
            (_histogram, _beganVolts, _lookedAtVolts, _passed) = (new ChargeHistogram(DqDvCurve.DefaultBinVolts), now.VoltageVolts, double.NaN, 0);
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
        DqDvCurve curve = DqDvCurve.Of(_histogram, DqDvCurve.DefaultSigmaVolts);
        _passed = Math.Max(_passed, DqDvPeak.Find(curve).Count(peak => StandsOut(curve, peak, now.VoltageVolts)));
    }

    /// <summary>On both sides of it, and within what the edges of the data do not touch, the curve has fallen well below it: a plateau has no maximum.</summary>
    private bool StandsOut(DqDvCurve curve, DqDvPeak peak, double nowVolts)
    {
        (double low, double high) = (Math.Min(_beganVolts, nowVolts) + BeyondVolts, Math.Max(_beganVolts, nowVolts) - BeyondVolts);
        bool left = false;
        bool right = false;
        for (int bin = 0; bin < curve.AhPerVolt.Count; bin++)
        {
            double volts = curve.VoltsAt(bin);
            if (volts >= low && volts <= high && curve.AhPerVolt[bin] < FallenShare * peak.AhPerVolt)
            {
                (left, right) = (left || volts < peak.Volts, right || volts > peak.Volts);
            }
        }

        return left && right;
    }
}
