using System.Globalization;
using CellLab.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Analyze;

/// <summary>What is missing for an amount of gas is said; a background is never fitted through other gas.</summary>
public sealed class Gas_that_cannot_be_told
{
    private const double Carrier = 3.406e-7, MassMg = 8, Truth = 15e-6 * 15_000;

    /// <summary>O2 at 15 pmol/s/mg from 30000 to 45000 s; the bottle from 66000 to 68000 s; background a + b exp(-t/c) with a c of its own.</summary>
    private static string Bin(double decaySeconds)
    {
        var random = new Random(7);
        double Noise() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double O2(double t) => t is >= 66_000 and < 68_000 ? 1e-3 : t is >= 30_000 and < 45_000 ? 15e-12 * MassMg / Carrier : 0;
        return "PV MassSpec\nTime Relative (sec)\t32_amu\t40_amu\n" + Analyzed.Lines(Enumerable.Range(0, 3451).Select(k => k * 20.0).Select(t => (FormattableString)
            $"{t}\t{((180 * O2(t)) + 0.021 + (0.01 * Math.Exp(-t / decaySeconds)) + (1e-5 * Noise())) * 1e-10:R}\t1e-10"));
    }

    private static string Settings(string more) => """
        {"dems": {"active_mass_mg": 8, "current_ma": 0.2, "charge_span_s": [7200, 50400], "carrier_mol_per_s": 3.406e-7, "background_span_s": [5400, 7200],
        "calibration_span_s": [66400, 67900], "calibration_background_span_s": [64000, 65900], "calibration_gas_ppm": 1000, "fragments": {"O2": {"32": 1}}MORE}}
        """.Replace("MORE", more, StringComparison.Ordinal);

    private static GasEntry O2(double decaySeconds, string more) => Analyzed.Text("x.dat", Bin(decaySeconds), Settings(more)).Dems!.Gases["O2"];

    [Theory]
    [InlineData("\"internal_standard_mz\": 40, \"integrate_until_s\": 55000, \"background_model\": \"exponential\"")]
    [InlineData("\"internal_standard_mz\": 40, \"background_model\": \"exponential\"")]
    [InlineData("\"internal_standard_mz\": 40")]
    public void The_default_background_goes_through_both_sides_of_the_gas_and_not_through_the_bottle(string more)
    {
        GasEntry o2 = O2(12_000, ", " + more);
        Assert.Equal("exponential", o2.Background["32"].Model);
        Assert.Equal(12_000, o2.Background["32"].DecayS!.Value, 1_000.0);
        Assert.Equal(1, o2.UmolPerMg!.Value / Truth, 0.02);
    }

    [Fact]
    public void An_amount_has_an_uncertainty()
    {
        AnalyzeResult result = Analyzed.Text("x.dat", Bin(12_000), Settings(", \"internal_standard_mz\": 40, \"integrate_until_s\": 55000"));
        double sigma = result.Json().GetProperty("dems").GetProperty("gases").GetProperty("O2").GetProperty("umol_per_mg_sigma").GetDouble();
        Assert.InRange(sigma / result.Dems!.Gases["O2"].UmolPerMg!.Value, Math.Sqrt((0.02 * 0.02) + (0.01 * 0.01)), 0.05); // bottle and flow alone, and not much more
    }

    [Fact]
    public void An_internal_standard_that_the_file_does_not_have_is_an_error_and_no_amount_is_given()
    {
        AnalyzeResult result = Analyzed.Text("x.dat", Bin(12_000), Settings(", \"internal_standard_mz\": 36"));
        Assert.Contains(result.Findings, finding => finding is { Severity: "error", Code: "missing_column", Column: "36" });
        Assert.Empty(result.Dems!.Gases);
    }

    [Fact]
    public void A_background_of_one_sample_gives_no_onset()
    {
        AnalyzeResult result = Analyzed.Text("x.dat", Bin(12_000), Settings("").Replace("[5400, 7200]", "[5400, 5410]", StringComparison.Ordinal));
        Assert.Null(result.Dems!.Gases["O2"].OnsetMahG);
        Assert.Contains(result.Findings, finding => finding is { Severity: "warning", Code: "background", Column: "32" });
    }

    [Theory]
    [InlineData("\"active_mass_mg\": 8, ", "active_mass_mg")]
    [InlineData(" \"charge_span_s\": [7200, 50400],", "charge_span_s")]
    public void A_member_that_a_figure_depends_on_and_that_is_not_there_is_named(string member, string name) => Assert.Contains(
        Analyzed.Text("x.dat", Bin(12_000), Settings("").Replace(member, "", StringComparison.Ordinal)).Findings, finding => finding is { Severity: "warning", Code: "settings" } && finding.Column == name);

    [Fact]
    public void Two_calibrations_that_differ_by_more_than_a_twentieth_are_named()
    {
        string[] lines = Bin(12_000).Split('\n');
        int late = Array.FindIndex(lines, line => line.StartsWith("67100\t", StringComparison.Ordinal));
        for (int line = late; line < lines.Length - 1; line++)
        {
            string[] fields = lines[line].Split('\t');
            lines[line] = FormattableString.Invariant($"{fields[0]}\t{1.1 * double.Parse(fields[1], CultureInfo.InvariantCulture):R}\t{fields[2]}");
        }

        string settings = Settings(", \"calibration_span_after_s\": [67200, 67900]").Replace("[66400, 67900]", "[66400, 67000]", StringComparison.Ordinal);
        Assert.Contains(Analyzed.Text("x.dat", string.Join('\n', lines), settings).Findings, finding => finding is { Severity: "warning", Code: "calibration", Column: "O2" });
    }

    [Fact]
    public void Times_that_run_backwards_are_named()
    {
        string[] lines = Bin(12_000).Split('\n');
        (lines[100], lines[101]) = (lines[101], lines[100]);
        AnalyzeResult result = Analyzed.Text("x.dat", string.Join('\n', lines));
        Assert.Contains(result.Findings, finding => finding is { Severity: "warning", Code: "time_fell", Row: 99 });
    }
}
