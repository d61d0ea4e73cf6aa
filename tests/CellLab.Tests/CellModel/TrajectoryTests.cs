using System.Globalization;
using CellLab.CellModel;

namespace CellLab.Tests.CellModel;

public sealed class TrajectoryTests
{
    [Theory]
    [InlineData("LMNO")]
    [InlineData("LMNPO-VO")]
    public void Every_row_of_the_reference_trajectory_is_met_to_a_nanovolt(string material)
    {
        CellParameters parameters = Materials.Get(material);
        var stepper = new CellStepper(parameters, diffusionTolerance: 0);
        CellState state = CellState.Fresh(parameters);
        double charge = 0;
        int rows = 0;
        foreach (string[] row in Rows(material))
        {
            double seconds = Number(row[2]);
            double milliamperes = Number(row[3]);
            for (int i = 0; i < int.Parse(row[1], CultureInfo.InvariantCulture); i++)
            {
                stepper.Step(ref state, seconds, milliamperes);
                charge += milliamperes * seconds / 3.6 / parameters.ActiveMassMilligrams;
            }

            rows++;
            Near(row[4], state.Volts, 1e-9, rows, "v_v");
            Near(row[5], state.MeanDelithiation, 1e-10, rows, "z_mean");
            Near(row[6], state.SurfaceDelithiation, 1e-10, rows, "z_surf");
            Near(row[7], state.Hysteresis, 1e-10, rows, "h");
            Near(row[8], state.Activation, 1e-10, rows, "a");
            Near(row[9], charge, 1e-9, rows, "charge_mah_g");
            Near(row[10], state.OxygenMicromolPerMilligram, 1e-10, rows, "o2");
            Near(row[11], state.OxygenAtSpectrometer, 1e-10, rows, "o2_gas");
            Near(row[12], Diffraction.TwoTheta003(parameters, state), 1e-6, rows, "two_theta");
        }

        Assert.Equal(material == "LMNO" ? 489 : 535, rows);
    }

    private static void Near(string expected, double actual, double tolerance, int row, string column) =>
        Assert.True(Math.Abs(Number(expected) - actual) <= tolerance, $"row {row}, {column}: expected {expected}, found {actual:R}");

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Rows(string material) =>
        File.ReadLines(ReferenceData.Path($"trajectory-{material.ToLowerInvariant()}.csv")).Skip(1).Select(line => line.Split(','));
}
