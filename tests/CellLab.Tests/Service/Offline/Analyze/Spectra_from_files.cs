using System.Numerics;
using System.Text;
using CellLab.Analysis.Impedance;
using CellLab.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Analyze;

/// <summary>One spectrum, written as each potentiostat program writes it, gives the same numbers.</summary>
public sealed class Spectra_from_files
{
    private const string Settings = """{"eis": {"lin_kk": [{"c": 0.85, "fit": "complex", "max_m": 50}, {"c": 0.85, "fit": "real", "max_m": 20}], "circuit": {"code": "R0-(R1 Q1)-(R2 Q2)-W", "weight": "modulus", "filter": "capacitive"}, "warburg": [{"lowest_points": 11}, {"window_hz": [0.01, 0.1]}]}}""";

    private static readonly (double Hertz, Complex Ohms)[] Points =
    [
        .. Enumerable.Range(0, 71).Select(k => Math.Pow(10, 5 - (k / 10.0))).Select(hertz =>
            (hertz, Circuit.Parse("R-(RQ)-(RQ)-W").At(hertz, [5, 20, 1e-5, 0.9, 60, 2e-3, 0.8, 15]))),
    ];

    public static TheoryData<string, string, string> Files() => new()
    {
        { "biologic-mpt", "a.mpt", Mpt(".") },
        { "biologic-mpt", "comma.mpt", Mpt(",") },
        { "gamry-dta", "a.DTA", Dta("") },
        { "gamry-dta", "aborted.DTA", Dta("EXPERIMENTABORTED\tTOGGLE\tT\tExperiment Aborted\n") },
        { "zplot", "a.z", "ZPLOT2 ASCII\nComment\nFreq(Hz)\tAmpl\tBias\tTime(Sec)\tZ'(a)\tZ''(b)\tGD\tErr\tRange\nEnd Comments\n" + Rows("\t", (f, z) => $"{f:R}\t0.01\t0\t1\t{z.Real:R}\t{z.Imaginary:R}\t0\t0\t1") },
        { "zplot", "b.z", "  Freq(Hz), Ampl, Bias, Time(Sec), Z'(a), Z''(b), GD, Err, Range\n" + Rows(",", (f, z) => $"{f:R}, 0.01, 0, 1, {z.Real:R}, {z.Imaginary:R}, 0, 0, 1") },
        { "autolab-txt", "a.txt", "Index;Frequency (Hz);Z' (Ω);-Z'' (Ω);Z (Ω);-Phase (°);Time (s)\n" + Rows(";", (f, z) => $"1;{f:R};{z.Real:R};{-z.Imaginary:R};{z.Magnitude:R};0;1") },
        { "eis-csv", "a.csv", Rows(",", (f, z) => $"{f:R},{z.Real:R},{z.Imaginary:R}") },
        { "eis-csv", "b.csv", "# freq,Re(Z),Im(Z)\n" + Rows(",", (f, z) => $"{f:R},{z.Real:R},{z.Imaginary:R}") },
        { "eis-csv", "c.csv", "freq/kHz,Re(Z)/mOhm,-Im(Z)/mOhm\n" + Rows(",", (f, z) => $"{f / 1e3:R},{z.Real * 1e3:R},{-z.Imaginary * 1e3:R}") },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_spectrum_is_read_with_capacitive_imaginary_parts_negative(string format, string name, string text)
    {
        AnalyzeResult result = Analyzed.Text(name, text, """{"eis": {"lin_kk": [], "warburg": [], "circuit": {"code": "R"}}}""");
        Assert.Equal((format, 71L), (result.File.Format, result.File.Rows));
        Assert.Null(result.Cycling);
        SpectrumEntry spectrum = result.Eis!.Spectrum;
        for (int point = 0; point < Points.Length; point++)
        {
            Assert.Equal(1, spectrum.FrequencyHz[point] / Points[point].Hertz, 1e-12);
            Assert.Equal(Points[point].Ohms.Real, spectrum.ReOhm[point], 1e-9);
            Assert.Equal(Points[point].Ohms.Imaginary, spectrum.ImOhm[point], 1e-9);
        }
    }

    [Fact]
    public void Settings_choose_tests_circuit_and_windows()
    {
        EisSection eis = Analyzed.Text("a.csv", Rows(",", (f, z) => $"{f:R},{z.Real:R},{z.Imaginary:R}"), Settings).Eis!;
        Assert.Equal([(17, "complex")], eis.LinKk.Take(1).Select(test => (test.M, test.Fit)));
        Assert.Equal("real", eis.LinKk[1].Fit);
        Assert.Equal(60, eis.Circuit!.Parameters["R2"].Value, 1e-3);
        Assert.Equal(15, eis.Circuit.Parameters["sigma"].Value, 1e-3);
        Assert.Equal(71, eis.Circuit.Points);
        Assert.Equal([15.52214286, 15.52214286], eis.Warburg.Select(tail => Math.Round(tail.SigmaOhmS05, 8)));
        Assert.Equal(82.93922124, eis.Warburg[0].InterceptOhm, 1e-7);
    }

    [Fact]
    public void Without_settings_the_rules_of_the_page_are_used_and_the_names_are_those_that_programs_read()
    {
        System.Text.Json.JsonElement json = Analyzed.Text("a.csv", Rows(",", (f, z) => $"{f:R},{z.Real:R},{z.Imaginary:R}")).Json().GetProperty("eis");
        Assert.Equal("valid", json.GetProperty("lin_kk")[0].GetProperty("verdict").GetString());
        Assert.Equal(71, json.GetProperty("lin_kk")[0].GetProperty("fit_im_ohm").GetArrayLength());
        Assert.Equal(15, json.GetProperty("circuit").GetProperty("parameters").GetProperty("sigma").GetProperty("value").GetDouble(), 1e-3);
        Assert.Equal(10, json.GetProperty("warburg")[0].GetProperty("points").GetInt32());
        Assert.Equal(0.3, json.GetProperty("warburg")[0].GetProperty("window_hz")[1].GetDouble(), 1e-3);
    }

    private static string Rows(string _, Func<double, Complex, FormattableString> row) => Analyzed.Lines(Points.Select(point => row(point.Hertz, point.Ohms)));

    private static string Mpt(string mark)
    {
        string text = "EC-Lab ASCII FILE\nNb header lines : 5\n\nPotentio Electrochemical Impedance Spectroscopy\nfreq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\t|Z|/Ohm\ttime/s\t<Ewe>/V\t<I>/mA\t\n"
            + Rows("\t", (f, z) => $"{f:E12}\t{z.Real:E12}\t{-z.Imaginary:E12}\t{z.Magnitude:E12}\t1.5\t3.7\t0.1");
        return mark == "," ? text.Replace('.', ',') : text;
    }

    private static string Dta(string end) => new StringBuilder("EXPLAIN\nTAG\tEISPOT\nTITLE\tLABEL\tPotentiostatic EIS\tTest\nOCVCURVE\tTABLE\t1\n\tPt\tT\tVf\n\t#\ts\tV\n\t0\t0.5\t3.2\nZCURVE\tTABLE\n")
        .Append("\tPt\tTime\tFreq\tZreal\tZimag\tZsig\tZmod\tZphz\tIdc\tVdc\tIERange\n\t#\ts\tHz\tohm\tohm\tV\tohm\t°\tA\tV\t#\n")
        .Append(Rows("\t", (f, z) => $"\t0\t1\t{f:R}\t{z.Real:R}\t{z.Imaginary:R}\t1\t1\t1\t0\t0\t5")).Append(end).ToString();
}
