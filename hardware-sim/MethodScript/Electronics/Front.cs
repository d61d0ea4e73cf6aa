using System.Numerics;
using CellLab.CellModel;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.MethodScript.Language;

namespace CellLab.HardwareSim.MethodScript.Electronics;

/// <summary>What the instrument reads: the terminals' truth with its noise, range and status (assumed: potential 20 uV, current 0.005 % of range,
/// impedance 0.2 % and 0.2 degrees a point).</summary>
internal sealed class Front(Terminals terminals, InstrumentModel model, bool exact, ulong seed, Func<string, bool> isFaulty)
{
    private const double OpenLeadAmperes = 2e-12;
    private const double OpenLeadOhms = 1e11;
    private SplitMix64 _noise = new(seed);

    public Ranging Ranging { get; } = new(model);

    public ScriptValue Volts() => new(terminals.Volts + Noise(20e-6), false, "ab", 0, model.PotentialRange);

    public ScriptValue Amperes()
    {
        double truth = terminals.OpenLead ? 0 : terminals.Amperes;
        CurrentRange range = Ranging.For(truth);
        double read = truth + Noise(terminals.OpenLead ? OpenLeadAmperes : 5e-5 * range.Amperes);
        return Spoiled(new ScriptValue(read, false, "ba", isFaulty(FaultNames.Overload) ? 2 : Ranging.StatusOf(truth, range), IndexOf(range)));
    }

    /// <summary>Real and imaginary part, ohm.</summary>
    public (ScriptValue Real, ScriptValue Imaginary) Impedance(double hertz, double amplitudeAmperes)
    {
        Complex truth = terminals.OpenLead ? OpenLeadOhms : new CellImpedance(terminals.Place.Cell.Parameters, terminals.Place.Cell.State).At(hertz) / terminals.Place.Cell.Parallel;
        Complex read = truth * (1 + Noise(2e-3)) * Complex.FromPolarCoordinates(1, Noise(0.2 * Math.PI / 180));
        CurrentRange range = Ranging.For(amplitudeAmperes * Math.Sqrt(2));
        int status = isFaulty(FaultNames.Overload) ? 2 : 0;
        return (
            Spoiled(new ScriptValue(read.Real, false, "cc", status, 0x80 | range.Index)),
            new ScriptValue(read.Imaginary, false, "cd", status, model.PotentialRange));
    }

    private ScriptValue Spoiled(ScriptValue value) => isFaulty(FaultNames.NotANumber) ? value with { Number = double.NaN, Status = 4 } : value;

    private double Noise(double sigma) => exact ? 0 : sigma * _noise.NextNormal();

    private int IndexOf(CurrentRange range) =>
        terminals.Mode == RegulationMode.Galvanostat ? range.Index + model.GalvanostatRangeOffset : range.Index;
}
