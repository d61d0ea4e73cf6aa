using System.Numerics;
using CellLab.Analysis.Impedance;
using CellLab.Service.Offline.Analyze;

namespace CellLab.Tests.Service.Offline.Analyze;

/// <summary>Plain tables of a spectrum under the names and in the forms that people give them.</summary>
public sealed class Spectra_by_other_names
{
    private const string Quick = """{"eis": {"lin_kk": [], "warburg": [], "circuit": {"code": "R"}}}""";

    private static readonly (double Hertz, Complex Ohms)[] s_points =
        [.. Enumerable.Range(0, 31).Select(k => Math.Pow(10, 4 - (k / 5.0))).Select(hertz => (hertz, Circuit.Parse("R-(RQ)-(RQ)-W").At(hertz, [5, 20, 1e-5, 0.9, 60, 2e-3, 0.8, 15])))];

    private static string Table(string header, Func<double, Complex, FormattableString> row) => header + "\n" + Analyzed.Lines(s_points.Select(point => row(point.Hertz, point.Ohms)));

    [Theory]
    [InlineData("frequency_hz,z_real_ohm,z_imag_ohm", 1)]
    [InlineData("f_hz,re_ohm,im_ohm", 1)]
    [InlineData("frequency_hertz,re_z_ohm,im_z_ohm", 1)]
    [InlineData("freq,Z',Z''", 1)]
    [InlineData("freq,Z',-Z''", -1)]
    [InlineData("Frequency (Hz),Z' (ohm),-Z'' (ohm)", -1)]
    public void Real_and_imaginary_parts_are_known_by_their_names(string header, int sign) =>
        AssertSpectrum(Analyzed.Text("a.csv", Table(header, (hertz, ohms) => $"{hertz:R},{ohms.Real:R},{sign * ohms.Imaginary:R}"), Quick), 1e-12);

    [Theory]
    [InlineData("Frequency / Hz,Absolute Impedance / ohm,Phase / deg", 1)]
    [InlineData("Frequency (Hz),Z_mod (ohm),-Phase (deg)", -1)]
    public void Modulus_and_phase_serve_where_the_parts_are_not_there(string header, int sign) =>
        AssertSpectrum(Analyzed.Text("a.csv", Table(header, (hertz, ohms) => $"{hertz:R},{ohms.Magnitude:R},{sign * ohms.Phase * 180 / Math.PI:R}"), Quick), 1e-9);

    [Fact]
    public void A_point_that_is_left_out_is_named_with_its_row()
    {
        int row = 0;
        AnalyzeResult result = Analyzed.Text("a.csv", Table("freq,re,im", (hertz, ohms) => row++ switch
        {
            3 => $"{hertz:R},nan,{ohms.Imaginary:R}",
            7 => $"{-hertz:R},{ohms.Real:R},{ohms.Imaginary:R}",
            _ => $"{hertz:R},{ohms.Real:R},{ohms.Imaginary:R}",
        }), Quick);
        Assert.Equal(29, result.Eis!.Spectrum.FrequencyHz.Count);
        Assert.Contains(result.Findings, finding => finding is { Code: "missing_value", Row: 3 });
        Assert.Contains(result.Findings, finding => finding is { Code: "implausible", Row: 7 });
    }

    private static void AssertSpectrum(AnalyzeResult result, double relative)
    {
        SpectrumEntry spectrum = result.Eis!.Spectrum;
        Assert.Equal(s_points.Length, spectrum.FrequencyHz.Count);
        for (int point = 0; point < s_points.Length; point++)
        {
            Assert.Equal(1, spectrum.FrequencyHz[point] / s_points[point].Hertz, 1e-12);
            Assert.Equal(1, spectrum.ReOhm[point] / s_points[point].Ohms.Real, relative);
            Assert.Equal(1, spectrum.ImOhm[point] / s_points[point].Ohms.Imaginary, relative);
        }
    }
}
