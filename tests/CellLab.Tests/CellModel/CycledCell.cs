using CellLab.CellModel;

namespace CellLab.Tests.CellModel;

/// <summary>Capacities in mAh/g.</summary>
internal readonly record struct CycleFigures(double Charge, double Discharge, double MeanDischargeVolts);

/// <summary>A cell under a constant-current program between 2.0 and 4.8 V, steps of 4 s divided by the C-rate.</summary>
internal sealed class CycledCell(string material)
{
    private readonly CellStepper _stepper = new(Materials.Get(material));
    private CellState _state = CellState.Fresh(Materials.Get(material));

    public ref readonly CellState State => ref _state;

    public CycleFigures Cycle(double cRate)
    {
        (double charge, _) = Half(cRate, 4.8, rising: true);
        (double discharge, double energy) = Half(-cRate, 2.0, rising: false);
        return new CycleFigures(charge, discharge, energy / discharge);
    }

    private (double Capacity, double Energy) Half(double cRate, double limit, bool rising)
    {
        double specific = 250 * Math.Abs(cRate);
        double milliamperes = 0.25 * cRate * _stepper.Parameters.ActiveMassMilligrams;
        double capacity = 0;
        double energy = 0;
        LimitedStep step;
        do
        {
            double before = _state.Volts;
            step = _stepper.StepToVoltage(ref _state, 4 / Math.Abs(cRate), milliamperes, limit, rising);
            double part = specific * step.Seconds / 3600;
            capacity += part;
            energy += part * 0.5 * (before + _state.Volts);
        }
        while (!step.Reached);

        return (capacity, energy);
    }
}
