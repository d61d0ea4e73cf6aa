using CellLab.Service.Offline.Analyze;
using CellLab.Tests.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Foreign;

/// <summary>Tables that programs and people write: other names, decimal commas, short files, machine names.</summary>
public sealed class Tables_of_other_people
{
    private const string Quick = """{"eis": {"lin_kk": [], "warburg": [], "circuit": {"code": "R"}}}""";

    [Theory]
    [InlineData("t / s,E / V,I / mA")]
    [InlineData("Time (s),Potential (V),Current (mA)")]
    [InlineData("time/s,Ewe/V,<I>/mA")]
    [InlineData("Time (s),WE(1).Potential (V),WE(1).Current (mA)")]
    [InlineData("Time [s],Cell Voltage [V],Current [mA]")]
    public void Potential_and_current_are_known_by_the_names_of_electrochemists(string header)
    {
        string text = header + "\n" + Analyzed.Lines(Enumerable.Range(0, 61).Select(row => (FormattableString)$"{row * 60},3.5,1.234"));
        Assert.Equal(1.234e-3, Assert.Single(Analyzed.Text("a.csv", text).Cycling!.Steps).ChargeAh, 1e-9);
    }

    [Fact]
    public void Spectrum_rows_of_a_potentiostat_with_time_potential_and_current_are_no_cycling()
    {
        string text = "Time (s),Potential (V),Current (mA),Frequency (Hz),Z' (ohm),Z'' (ohm)\n"
            + Analyzed.Lines(Enumerable.Range(0, 21).Select(row => (FormattableString)$"{row},3.5,0.001,{Math.Pow(10, 4 - (row / 5.0))},{5 + row},{-row}"));
        AnalyzeResult result = Analyzed.Text("a.csv", text, Quick);
        Assert.Null(result.Cycling);
        Assert.Equal(21, result.Eis!.Spectrum.FrequencyHz.Count);
    }

    [Theory]
    [InlineData("Frequency/Hz,|Z|/Ohm,Phase/deg")]
    [InlineData("freq,|Z|,phase")]
    public void A_modulus_is_known_by_its_bars(string header)
    {
        string text = header + "\n" + Analyzed.Lines(Enumerable.Range(0, 21).Select(row => (FormattableString)$"{Math.Pow(10, 4 - (row / 5.0))},10,-60"));
        Assert.All(Analyzed.Text("a.csv", text, Quick).Eis!.Spectrum.ReOhm, real => Assert.Equal(5, real, 1e-9));
    }

    [Fact]
    public void A_spectrum_without_header_may_have_remarks_above()
    {
        string text = "# cell 12\n% at 3.8 V\n\n" + Analyzed.Lines(Enumerable.Range(0, 21).Select(row => (FormattableString)$"{Math.Pow(10, 4 - (row / 5.0))},{5 + row},{-row}"));
        AnalyzeResult result = Analyzed.Text("a.csv", text, Quick);
        Assert.Equal(10_000, result.Eis!.Spectrum.FrequencyHz[0], 1e-9);
        Assert.Equal(21, result.File.Rows);
    }

    [Fact]
    public void Times_by_the_clock_may_have_a_decimal_comma()
    {
        string text = "DataPoint;Cycle Index;Step Index;Step Type;Time;Current(mA);Voltage(V)\n"
            + Analyzed.Lines(Enumerable.Range(0, 61).Select(row => (FormattableString)$"{row + 1};1;1;CC Chg;{row / 60}:{row % 60:00}:00,000;1,234;3,5"));
        AnalyzeResult result = Analyzed.Text("a.csv", text);
        Assert.Equal(1.234e-3, Assert.Single(result.Cycling!.Steps).ChargeAh, 1e-9);
        Assert.DoesNotContain(result.Findings, finding => finding.Severity == "error");
    }

    [Fact]
    public void Absolute_times_of_a_potentiostat_serve_as_its_clock()
    {
        string text = "EC-Lab ASCII FILE\nNb header lines : 3\nmode\ttime/s\tEwe/V\t<I>/mA\n"
            + Analyzed.Lines(Enumerable.Range(0, 61).Select(row => (FormattableString)$"1\t01/18/2026 {10 + (row / 60):00}:{row % 60:00}:00.0000\t3.5\t1.234"));
        AnalyzeResult result = Analyzed.Text("a.mpt", text);
        StepEntry step = Assert.Single(result.Cycling!.Steps);
        Assert.Equal((0, 3600, 1.234), (step.StartS, step.EndS, Math.Round(step.ChargeAh * 1e3, 9)));
        Assert.Contains(result.Findings, finding => finding.Code == "time_from_clock");
    }

    [Fact]
    public void Two_gaps_of_a_short_file_are_both_told()
    {
        int[] minutes = [0, 1, 2, 3, 4, 5, 6, 7, 60, 61, 62, 63, 64, 65, 66, 120, 121, 122, 123, 124];
        string text = "Test Time / s,Voltage / V,Current / A\n" + Analyzed.Lines(minutes.Select(minute => (FormattableString)$"{minute * 60},3.5,0.001234"));
        Assert.Equal([8L, 15L], Analyzed.Text("a.bdf.csv", text).Findings.Where(finding => finding.Code == "gap").Select(finding => finding.Row!.Value));
    }

    [Fact]
    public void Machine_names_are_read_and_named_as_no_preferred_labels()
    {
        AnalyzeResult result = Analyzed.Text("a.bdf.csv", "test_time_second,voltage_volt,current_ampere\n0,3.5,0.001\n10,3.6,0.001\n");
        Assert.True(result.Usable);
        Assert.Equal(3, result.Findings.Count(finding => finding.Code == "header_not_preferred"));
    }
}
