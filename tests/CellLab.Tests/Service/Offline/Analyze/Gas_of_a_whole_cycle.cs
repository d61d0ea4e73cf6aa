using System.Text;
using CellLab.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Analyze;

/// <summary>A first cycle as a bench would record it: a decaying background, drift of the sensitivity, two lags of 60 and 120 s, masses read one after the
/// other, noise, CO2 beside the oxygen. 0.27 umol/mg of O2 from 224.3 mAh/g on.</summary>
public sealed class Gas_of_a_whole_cycle
{
    private const int Seed = 42;
    private const double Carrier = 3.406e-7, MassMg = 8, Start = 3600, End = 46_800, Truth = 0.27, OnsetMahG = 224.3;

    private const string Settings = """
        {"dems": {"electrochemistry": "cell.bdf.csv", "active_mass_mg": 8, "carrier_mol_per_s": 3.406e-7, "charge_span_s": [3600, 46800], "integrate_until_s": 60000,
        "transit_delay_s": 0, "mixing_time_s": 180, "internal_standard_mz": 36, "mass_offsets_s": {"32": 0, "44": 5, "36": 10}, "background_span_s": [1800, 3600],
        "background_model": "exponential", "calibration_span_s": [78000, 79000], "calibration_background_span_s": [74000, 75000], "calibration_gas_ppm": {"O2": 1000, "CO2": 1000},
        "background_span_after_s": [62000, 75000], "fragments": {"O2": {"32": 1}, "CO2": {"44": 1}}}}
        """;

    [Fact]
    public void Amount_and_onset_come_back_within_the_tolerances_of_the_bench()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cell.bdf.csv", Cell());
        string path = folder.Write("x - Bin.dat", Masses());
        AnalyzeSettings settings = AnalyzeSettingsReader.Read("s.json", Settings, out _);
        GasEntry o2 = FileAnalyzer.Analyze(path, settings, []).Dems!.Gases["O2"];
        Assert.True(Math.Abs(o2.UmolPerMg!.Value / Truth - 1) < 0.03, $"{o2.UmolPerMg} umol/mg (seed {Seed})");
        Assert.True(Math.Abs(o2.OnsetMahG!.Value - OnsetMahG) < 5, $"onset {o2.OnsetMahG} mAh/g (seed {Seed})");
        Assert.True(o2.OnePercentMahG > OnsetMahG, $"1 % at {o2.OnePercentMahG} mAh/g");
        Assert.Equal(2.5 + (2.3 * (o2.OnsetS!.Value - Start) / (End - Start)), o2.OnsetV!.Value, 0.01);
        Assert.Equal("exponential", o2.Background["32"].Model);
        Assert.False(o2.Open);
    }

    /// <summary>0.2 mA from 2.5 to 4.8 V, then rest.</summary>
    private static string Cell() => "Test Time / s,Voltage / V,Current / A\n" + Analyzed.Lines(Enumerable.Range(0, 801).Select(k => k * 100.0).Select(t => (FormattableString)
        $"{t},{(t < Start ? 2.5 : t <= End ? 2.5 + (2.3 * (t - Start) / (End - Start)) : 4.3):R},{(t >= Start && t <= End ? 0.2e-3 : 0):R}"));

    /// <summary>Rate in mol/s: a triangle between the onset and the end of the charge.</summary>
    private static double Rate(double t, double total)
    {
        double from = Start + (OnsetMahG / 25 * 3600);
        double share = (t - from) / (End - from);
        return share is < 0 or > 1 ? 0 : total * 1e-6 * MassMg * 2 / (End - from) * (share < 0.5 ? 2 * share : 2 - (2 * share));
    }

    private static string Masses()
    {
        var random = new Random(Seed);
        double Noise() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var text = new StringBuilder("PV MassSpec\n\nTime Relative (sec)\t32_amu\t44_amu\t36_amu\n");
        double[] cell = new double[2], line = new double[2];
        for (int second = 0; second < 80_000; second++)
        {
            bool bottle = second is >= 77_000 and < 79_500;
            for (int gas = 0; gas < 2; gas++)
            {
                double made = Rate(second, gas == 0 ? Truth : 0.05) / Carrier;
                cell[gas] += (made - cell[gas]) / 60;
                line[gas] += ((bottle ? 1e-3 : cell[gas]) - line[gas]) / 120;
            }

            if (second % 20 == 0)
            {
                double drift = 1 - (0.01 * second / 80_000);
                double Ratio(double x, double floor) => 100 * (x + (floor * (1 + (2 * Math.Exp(-second / 7200.0)))) + (1.5e-12 / Carrier * Noise()));
                text.Append(FormattableString.Invariant($"{second}\t{Ratio(line[0], 2e-5) * drift * 1e-10:E8}\t{Ratio(line[1], 1e-5) * drift * 1e-10:E8}\t{drift * 1e-10:E8}\n"));
            }
        }

        return text.ToString();
    }
}
