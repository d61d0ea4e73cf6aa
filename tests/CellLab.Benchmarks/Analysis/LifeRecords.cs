using System.Globalization;
using CellLab.Analysis.Cycling;
using CellLab.Core.Records;

namespace CellLab.Benchmarks.Analysis;

/// <summary>Records of a life test at 1C on a cell of 0.5 mAh: two slopes with three steps in them that fade a little with every cycle, 0.05 mV of noise.</summary>
internal static class LifeRecords
{
    public const double OneCAmperes = 5e-4;

    private const double SecondsBetween = 1.44;
    private const double NoiseVolts = 5e-5;
    private static readonly double[] s_steps = [3.2, 3.75, 4.2];

    public static IEnumerable<CyclingRecord> Of(int cycles, int perCycle)
    {
        var random = new Random(1);
        int perHalf = perCycle / 2;
        long sequence = 0;
        double began = 1.7e9;
        for (int half = 0; half < 2 * cycles; half++)
        {
            bool charges = half % 2 == 0;
            double fade = 1 - (1e-4 * half);
            for (int row = 1; row <= perHalf; row++)
            {
                double seconds = row * SecondsBetween * fade;
                double noise = NoiseVolts * ((2 * random.NextDouble()) - 1);
                sequence++;
                yield return new CyclingRecord(
                    sequence, 1, sequence, half + 1, charges ? StepKind.ConstantCurrentCharge : StepKind.ConstantCurrentDischarge, seconds,
                    began + seconds, Volts(row / (double)perHalf, charges) + noise, charges ? OneCAmperes : -OneCAmperes, OneCAmperes * seconds / 3600,
                    InstrumentCycle: (half / 2) + 1, Block: "life", Pass: (half / 2) + 1);
            }

            began += perHalf * SecondsBetween * fade;
        }
    }

    /// <summary>As a Battery Data Format file.</summary>
    public static void Write(string path, IEnumerable<CyclingRecord> records)
    {
        using var file = new StreamWriter(path);
        file.Write("Test Time / s,Voltage / V,Current / A,Cycle Count / 1,Step Count / 1,Step Cumulative Capacity / Ah\n");
        foreach (CyclingRecord record in records)
        {
            file.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{record.UtcSeconds - 1.7e9:0.###},{record.Volts:0.00000},{record.Amperes:0.0000000},{record.InstrumentCycle},{record.StepCount},{record.StepAmpereHours:0.0000000000}\n"));
        }
    }

    private static double Volts(double share, bool charges)
    {
        double volts = 2 + (2.8 * (charges ? share : 1 - share));
        foreach (double step in s_steps)
        {
            volts -= 0.12 * Math.Tanh((volts - step) / 0.1);
        }

        return volts + (charges ? 0.05 : -0.05);
    }
}
