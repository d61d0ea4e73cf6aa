using System.Globalization;
using System.Numerics;
using CellLab.CellModel;

namespace CellLab.Tests.CellModel;

public sealed class ImpedanceTests
{
    [Theory]
    [InlineData("LMNO", 35.60)]
    [InlineData("LMNPO-VO", 22.69)]
    public void As_assembled_every_point_of_the_reference_spectrum_is_met(string material, double warburg)
    {
        CellParameters parameters = Materials.Get(material);
        var impedance = new CellImpedance(parameters, CellState.Fresh(parameters));

        Compare($"eis-{material.ToLowerInvariant()}-before.csv", impedance, 2e-5);
        Assert.Equal(warburg, impedance.WarburgOhms, 0.01);
    }

    [Theory]
    [InlineData("LMNO", 51.16)]
    [InlineData("LMNPO-VO", 32.84)]
    public void After_two_hundred_cycles_and_a_rest_it_is_the_spectrum_of_the_aged_cell(string material, double warburg)
    {
        var cell = new CycledCell(material);
        cell.Cycle(0.1);
        for (int i = 0; i < 200; i++)
        {
            cell.Cycle(1);
        }

        cell.Cycle(0.1);
        CellState state = cell.State;
        var stepper = new CellStepper(Materials.Get(material));
        for (int i = 0; i < 120; i++)
        {
            stepper.Step(ref state, 60, 0);
        }

        var impedance = new CellImpedance(Materials.Get(material), state);
        Compare($"eis-{material.ToLowerInvariant()}-after.csv", impedance, 0.01);
        Assert.Equal(warburg, impedance.WarburgOhms, 0.01 * warburg);
    }

    private static void Compare(string file, CellImpedance impedance, double relative)
    {
        foreach (string line in File.ReadLines(ReferenceData.Path(file)).Skip(1))
        {
            double[] row = [.. line.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
            var expected = new Complex(row[1], row[2]);
            Complex found = impedance.At(row[0]);
            Assert.True((found - expected).Magnitude <= relative * expected.Magnitude, $"{file} {row[0]} Hz: {found} instead of {expected}");
        }
    }
}
