using System.Text.Json;
using CellLab.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Analyze;

/// <summary>Gas of a known amount, written as ixdat and PV MassSpec write it, comes back.</summary>
public sealed class Gas_from_files
{
    private const double Carrier = 7.43584e-7;
    private const string Gases = """
        {"dems": {"active_mass_mg": 8, "current_ma": 0.2, "charge_span_s": [7200, 50400], "integrate_until_s": 64000, "carrier_mol_per_s": 7.43584e-7,
        "transit_delay_s": 60, "mixing_time_s": 120, "internal_standard_mz": 36, "background_span_s": [5400, 7200], "background_model": "constant",
        "calibration_span_s": [1200, 1800], "calibration_background_span_s": [3000, 3600], "calibration_gas_ppm": 1000,
        "fragments": {"O2": {"32": 1, "16": 0.2}, "CO2": {"44": 1, "16": 0.1}}}}
        """;

    /// <summary>O2 at 15 pmol/s/mg from 30000 to 45000 s, CO2 at 5 from 20000 to 40000 s, seen 180 s later; sensitivity drifts by 20 %.</summary>
    private static string Bin(double carrierDrift)
    {
        double O2(double t) => t is >= 600 and < 1900 ? 1e-3 : t - 180 is >= 30_000 and < 45_000 ? 15e-12 * 8 / Carrier : 0;
        double Co2(double t) => t is >= 600 and < 1900 ? 1e-3 : t - 180 is >= 20_000 and < 40_000 ? 5e-12 * 8 / Carrier : 0;
        IEnumerable<FormattableString> rows = Enumerable.Range(0, 3251).Select(k => k * 20.0).Select(t =>
        {
            double drift = 1 - (carrierDrift * t / 65_000);
            return (FormattableString)$"{t}\t2026\t{((180 * O2(t)) + 0.021) * drift * 1e-10:R}\t{((90 * Co2(t)) + 0.01) * drift * 1e-10:R}\t{((0.2 * 180 * O2(t)) + (0.1 * 90 * Co2(t)) + 0.05) * drift * 1e-10:R}\t{drift * 1e-10:R}";
        });
        return "PV MassSpec\n\nC:\\data\\11-22-2026 10'00'00 - Bin.dat\n\n\n\nTime Relative (sec)\tTime Absolute (Date_Time)\t32_amu\t44_amu\t16_amu\t36_amu\n" + Analyzed.Lines(rows);
    }

    [Fact]
    public void Amounts_onset_and_charge_of_two_overlapping_gases_come_back_through_drift()
    {
        AnalyzeResult result = Analyzed.Text("x - Bin.dat", Bin(0.2), Gases);
        Assert.Equal("pvmassspec-bin", result.File.Format);
        GasEntry o2 = result.Dems!.Gases["O2"];
        Assert.Equal(15e-6 * 15_000, o2.UmolPerMg!.Value, 1e-3);
        Assert.Equal(15, o2.MaxFluxPmolSMg!.Value, 1e-3);
        Assert.Equal((30_000 - 7200) * 0.2 / 3600 / 8e-3, o2.OnsetMahG!.Value, 0.3);
        Assert.Equal((30_150 - 7200) * 0.2 / 3600 / 8e-3, o2.OnePercentMahG!.Value, 0.2);
        Assert.Equal(o2.UmolPerMg.Value, o2.UmolPerMgCharge!.Value, 1e-6);
        Assert.Equal(5e-6 * 20_000, result.Dems.Gases["CO2"].UmolPerMg!.Value, 1e-3);
    }

    [Fact]
    public void Without_the_internal_standard_the_error_is_larger()
    {
        double With(string settings) => Analyzed.Text("x - Bin.dat", Bin(0.2), settings).Dems!.Gases["O2"].UmolPerMg!.Value;
        double error = Math.Abs(With(Gases.Replace("\"internal_standard_mz\": 36,", "", StringComparison.Ordinal)) - 0.225);
        Assert.True(error > 10 * Math.Abs(With(Gases) - 0.225), $"error without {error}");
    }

    [Fact]
    public void A_sweep_export_gives_peaks_at_whole_masses()
    {
        double Peak(double mz, double at, double height) => height * Math.Exp(-Math.Pow((mz - at) / 0.25, 2));
        double[] axis = [.. Enumerable.Range(0, 500).Select(k => k * 0.1)];
        string text = "x\ny\nTime Relative (sec)\tTime Absolute (UTC)\tStep\t" + string.Join('\t', axis.Select(mz => mz.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture))) + "\n"
            + Analyzed.Lines([$"0.0\t1\t1\t{string.Join('\t', axis.Select(mz => (Peak(mz, 28, 1e-9) + Peak(mz, 32.05, 3e-10)).ToString("E6", System.Globalization.CultureInfo.InvariantCulture)))}"]);
        SweepEntry sweep = Assert.Single(Analyzed.Text("x - Scan.dat", text).Dems!.Sweeps);
        Assert.Equal((500, 0.0, 49.9), (sweep.Points, sweep.MzFirst, sweep.MzLast));
        Assert.Equal(1e-9, sweep.Peaks["28"], 1e-12);
        Assert.Equal(3e-10, sweep.Peaks["32"], 2e-11);
    }

    [Fact]
    public void An_ixdat_file_calibrates_a_mass_by_charge_and_gives_its_flux()
    {
        string text = Ixdat();
        const string settings = """
            {"dems": {"calibrations": [{"gas": "O2", "mz": 32, "n_electrons": 4, "span_s": [100, 200], "background_span_s": [0, 90]}],
            "fluxes": [{"gas": "O2", "mz": "M32", "sensitivity_c_per_mol": 2.0, "span_s": [95, 205], "background_span_s": [0, 90]}]}}
            """;
        DemsSection dems = Analyzed.Text("x.csv", text, settings).Dems!;
        CalibrationEntry calibration = Assert.Single(dems.Calibrations);
        Assert.Equal(1e-3 * 100, calibration.ChargeC, 1e-6);
        Assert.Equal(5e-11 * 100, calibration.SignalC, 1e-11);
        Assert.Equal(calibration.SignalC / (calibration.ChargeC / (4 * 96485.33212)), calibration.SensitivityCPerMol!.Value, 1e-9);
        FluxEntry flux = Assert.Single(dems.Fluxes);
        Assert.Equal((55, 2.5e-11), (flux.Samples, Math.Round(flux.MaxMolS!.Value, 13)));
        Assert.True(flux.IntegralWithEndsMol >= flux.IntegralOverSamplesMol);
        Assert.Equal(150, dems.Masses["32"].Samples);
        Assert.Equal(200, Analyzed.Text("x.csv", text).Dems!.Masses["2"].Samples);
    }

    [Fact]
    public void The_names_are_those_that_programs_read()
    {
        JsonElement json = Analyzed.Text("x - Bin.dat", Bin(0), Gases).Json().GetProperty("dems");
        Assert.Equal(3251, json.GetProperty("masses").GetProperty("32").GetProperty("samples").GetInt32());
        Assert.Equal(0.225, json.GetProperty("gases").GetProperty("O2").GetProperty("umol_per_mg").GetDouble(), 1e-3);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("gases").GetProperty("O2").GetProperty("onset_v").ValueKind);
    }

    /// <summary>Masses of different length with their own times (M32 every 2 s, M2 every 1.5 s), current 1 mA from 100 to 200 s.</summary>
    private static string Ixdat()
    {
        string[] header =
        [
            "ixdat version = 0.2.9", "name = x", "technique = EC-MS", "tstamp = 1700000000.0", "backend_name = memory", "id = 1",
            "timecol 'time M32 / [s]' for: 'M32'", "timecol 'M2-x' for: 'M2-y'", "timecol 'time/s' for: 'Ewe/V' and '<I>/mA'",
            "aliases = {\"M2\": [\"M2-y\"], \"raw_current\": [\"<I>/mA\"]}", "N_header_lines = 13", "",
            "time M32 / [s],M32,M2-x,M2-y,time/s,Ewe/V,<I>/mA",
        ];
        return string.Join('\n', header) + "\n" + Analyzed.Lines(Enumerable.Range(0, 301).Select(k =>
        {
            string m32 = k < 150 ? FormattableString.Invariant($"{2 * k},{1e-12 + (2 * k is >= 100 and <= 200 ? 5e-11 : 0)}") : ",";
            string m2 = k < 200 ? FormattableString.Invariant($"{1.5 * k},{3e-12}") : ",";
            return (FormattableString)$"{m32},{m2},{k},3.5,{(k is >= 100 and <= 200 ? 1 : 0)}";
        }));
    }
}
