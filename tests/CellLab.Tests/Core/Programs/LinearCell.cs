using CellLab.Core.Programs;

namespace CellLab.Tests.Core.Programs;

/// <summary>A cell whose voltage is V0 + slope Q + I R: every charge and time is known in closed form.</summary>
internal sealed class LinearCell(double restVolts, double voltsPerAmpereSecond, double ohms) : IVirtualCell
{
    /// <summary>Charge taken up since the beginning, A s.</summary>
    public double Coulombs { get; private set; }

    public (double Volts, double Amperes) Advance(SetPoint setPoint, double seconds)
    {
        switch (setPoint)
        {
            case CurrentSetPoint current:
                Coulombs += current.Amperes * seconds;
                return (Rest + current.Amperes * ohms, current.Amperes);
            case VoltageSetPoint hold:
                double before = Coulombs;
                double full = (hold.Volts - restVolts) / voltsPerAmpereSecond;
                Coulombs = full + (before - full) * Math.Exp(-voltsPerAmpereSecond / ohms * seconds);
                return (hold.Volts, (hold.Volts - Rest) / ohms);
            case PowerSetPoint power:
                return Drive((Math.Sqrt(Rest * Rest + 4 * power.Watts * ohms) - Rest) / (2 * ohms), seconds);
            case ResistanceSetPoint load:
                return Drive(-Rest / (load.Ohms + ohms), seconds);
            default:
                return (Rest, 0);
        }
    }

    /// <summary>With the current of the beginning; the voltage moves little within a time step.</summary>
    private (double Volts, double Amperes) Drive(double amperes, double seconds)
    {
        Coulombs += amperes * seconds;
        return (Rest + amperes * ohms, amperes);
    }

    public IVirtualCell Fork() => new LinearCell(restVolts, voltsPerAmpereSecond, ohms) { Coulombs = Coulombs };

    private double Rest => restVolts + voltsPerAmpereSecond * Coulombs;
}
