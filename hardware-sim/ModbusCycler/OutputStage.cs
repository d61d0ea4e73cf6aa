using CellLab.HardwareSim.Cells;

namespace CellLab.HardwareSim.ModbusCycler;

/// <summary>The power stage of one instrument, with the errors of its electronics. Used under the lock of its <see cref="WiredCell"/>.</summary>
internal sealed class OutputStage(string name, WiredCell cell, Meter meter, double rangeMilliamperes)
{
    public string Name { get; } = name;

    public OutputLaw Law { get; private set; } = OutputLaw.Off;

    /// <summary>What flows through this output, mA.</summary>
    public double TrueMilliamperes { get; private set; }

    /// <summary>It holds its voltage, the current is its own affair.</summary>
    public bool AtVoltage => Law.Regulates && TrueMilliamperes > Law.LowestMilliamperes + 1e-9 && TrueMilliamperes < Law.HighestMilliamperes - 1e-9;

    public double ReadVolts() => meter.ReadVolts(cell.Volts);

    public double ReadMilliamperes() => Law.On ? meter.ReadMilliamperes(TrueMilliamperes, rangeMilliamperes) : 0;

    /// <summary>From now on; the instrument regulates by its own readings, errors included.</summary>
    public void Set(bool on, double volts, double lowestMilliamperes, double highestMilliamperes)
    {
        OutputLaw law = on
            ? new OutputLaw(true, meter.TrueVolts(volts), True(lowestMilliamperes), True(highestMilliamperes))
            : OutputLaw.Off;
        if (law != Law)
        {
            Law = law;
            cell.Settle(this);
        }
    }

    /// <summary>Told by the cell after every stride.</summary>
    public void Carry(double milliamperes) => TrueMilliamperes = milliamperes;

    private double True(double milliamperes) => milliamperes == 0 ? 0 : meter.TrueMilliamperes(milliamperes, rangeMilliamperes);
}
