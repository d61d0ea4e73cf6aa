using CellLab.CellModel;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Gas;

namespace CellLab.Tests.HardwareSim.Gas;

/// <summary>The gas of a first charge at 0.1C as a spectrometer gets it, against the figures of the cell model.</summary>
public sealed class FirstChargeGasTests
{
    private const double Stride = 10;
    private const double Milligrams = 2;
    private static readonly CarrierFlow s_carrier = new();

    [Theory]
    [InlineData("LMNO", 0.270, 240, 32)]
    [InlineData("LMNPO-VO", 0.0999, 169, 31)]
    public void Amount_and_peak_of_oxygen_and_carbon_dioxide(string material, double oxygenMicromolPerMilligram, double oxygenPeakPpm, double carbonDioxidePeakPpm)
    {
        var cell = new SimulatedCell(Materials.Get(material), 1);
        double now = 0;
        var path = new GasPath(_ => new CellView(now, cell.State, cell.Parameters, 1), s_carrier, () => 0);
        (double amount, double peak, double peakCarbonDioxide) = (0, 0, 0);
        while (cell.Volts < 4.8 || now < 3600)
        {
            cell.Step(Stride, 0.05);
            now += Stride;
            path.Advance(now);
            GasFractions gas = path.At(now);
            double oxygen = gas.Oxygen - (8e-6 * Math.Exp(-now / 7200));
            amount += oxygen * s_carrier.MicromolesPerSecond * Stride;
            peak = Math.Max(peak, oxygen);
            peakCarbonDioxide = Math.Max(peakCarbonDioxide, gas.CarbonDioxide);
        }

        Assert.Equal(oxygenMicromolPerMilligram, amount / Milligrams, 0.01 * oxygenMicromolPerMilligram);
        Assert.Equal(oxygenPeakPpm, peak * 1e6, 0.03 * oxygenPeakPpm);
        Assert.Equal(carbonDioxidePeakPpm, peakCarbonDioxide * 1e6, 0.03 * carbonDioxidePeakPpm); // a slow release: the lags hardly lower it
    }
}
