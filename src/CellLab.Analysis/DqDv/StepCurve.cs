using CellLab.Analysis.Cycling;

namespace CellLab.Analysis.DqDv;

/// <summary>Charge over voltage of one step. The device's counter gives the increments; one that stands still from record to record (few digits) gives only
/// the sum, and the current gives the shape.</summary>
public sealed class StepCurve(double binVolts)
{
    private const double ShareOfIdleRecords = 0.5;

    private readonly ChargeHistogram _charge = new(binVolts);
    private readonly ChargeHistogram _discharge = new(binVolts);
    private readonly ChargeHistogram _integratedCharge = new(binVolts);
    private readonly ChargeHistogram _integratedDischarge = new(binVolts);
    private int _flowing;
    private int _idle;

    /// <summary>Where the last interval ended, as a voltage and over the width of a bin: the next one nearly always begins there, and a division is dear.</summary>
    private double _lastVolts = double.NaN, _lastBins;

    /// <returns>Whether the voltage is one that a cell can have.</returns>
    public bool Add(in MovedCharge moved)
    {
        double from = moved.FromVolts == _lastVolts ? _lastBins : moved.FromVolts / binVolts;
        (_lastVolts, _lastBins) = (moved.ToVolts, moved.ToVolts / binVolts);
        BinSpan span = BinSpan.Of(from, _lastBins);
        bool taken = _charge.Add(span, moved.ChargeAh) & _discharge.Add(span, moved.DischargeAh);
        if (!(moved.IntegratedAh <= 0))
        {
            _integratedCharge.Add(span, moved.IntegratedAh);
        }

        if (!(moved.IntegratedAh >= 0))
        {
            _integratedDischarge.Add(span, -moved.IntegratedAh);
        }

        bool flows = moved.IntegratedAh != 0;
        _flowing += flows ? 1 : 0;
        _idle += flows && moved.ChargeAh == 0 && moved.DischargeAh == 0 ? 1 : 0;
        return taken;
    }

    public ChargeHistogram Charge() => Choose(_charge, _integratedCharge);

    public ChargeHistogram Discharge() => Choose(_discharge, _integratedDischarge);

    private ChargeHistogram Choose(ChargeHistogram counted, ChargeHistogram integrated)
    {
        if (_idle <= ShareOfIdleRecords * _flowing || integrated.TotalAh <= 0 || counted.TotalAh <= 0)
        {
            return counted;
        }

        var shaped = new ChargeHistogram(binVolts);
        shaped.Add(integrated, counted.TotalAh / integrated.TotalAh);
        return shaped;
    }
}
