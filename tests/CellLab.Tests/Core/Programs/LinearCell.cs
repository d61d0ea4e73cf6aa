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
            default:
                return (Rest, 0);
        }
    }

    public IVirtualCell Fork() => new LinearCell(restVolts, voltsPerAmpereSecond, ohms) { Coulombs = Coulombs };

    private double Rest => restVolts + voltsPerAmpereSecond * Coulombs;
}
