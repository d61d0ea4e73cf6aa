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

    /// <returns>Whether the voltage is one that a cell can have.</returns>
    public bool Add(in MovedCharge moved)
    {
        bool taken = _charge.Add(moved.FromVolts, moved.ToVolts, moved.ChargeAh) & _discharge.Add(moved.FromVolts, moved.ToVolts, moved.DischargeAh);
        _integratedCharge.Add(moved.FromVolts, moved.ToVolts, Math.Max(0, moved.IntegratedAh));
        _integratedDischarge.Add(moved.FromVolts, moved.ToVolts, Math.Max(0, -moved.IntegratedAh));
        _flowing += moved.IntegratedAh != 0 ? 1 : 0;
        _idle += moved.IntegratedAh != 0 && moved.ChargeAh == 0 && moved.DischargeAh == 0 ? 1 : 0;
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
