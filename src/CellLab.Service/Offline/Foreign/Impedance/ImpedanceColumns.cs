using CellLab.Service.Offline.Foreign.Tables;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Impedance;

/// <summary>Headers of spectra: both parts, or modulus and phase; with the unit behind the name, in brackets or as the name's last word (<c>z_real_ohm</c>).</summary>
internal static class ImpedanceColumns
{
    private static readonly string[] s_real = ["z'", "re(z)", "zreal", "zre", "rez", "real", "re", "zr", "z're", "realimpedance", "realz", "realpart"];

    private static readonly string[] s_imaginary = ["z''", "z\"", "im(z)", "zimag", "zim", "imz", "imag", "im", "imaginary", "zi", "imaginaryimpedance", "imagz", "zimaginary", "imagpart"];

    public static IReadOnlyList<ColumnRule> Named { get; } =
    [
        new(Quantity.Hertz, Dimension.Hertz, "freq", "frequency", "f", "freqhz", "frequencyhz", "fhz", "frequencyhertz"),
        new(Quantity.RealOhm, Dimension.Ohms, WithUnit(s_real)),
        new(Quantity.ImaginaryOhm, Dimension.Ohms, WithUnit(s_imaginary)),
        new(Quantity.ImaginaryOhm, Dimension.Ohms, -1, WithUnit([.. s_imaginary.Select(name => "-" + name)])),
        new(Quantity.ModulusOhm, Dimension.Ohms, WithUnit(["|z|", "zmod", "zmag", "absoluteimpedance", "abs(z)", "absz", "modulus"])),
        new(Quantity.PhaseDegrees, Dimension.Degrees, "phase(z)", "phase", "zphz", "zphase", "phasedegree", "phasedeg", "phase(z)deg"),
        new(Quantity.PhaseDegrees, Dimension.Degrees, -1, "-phase", "-phase(z)", "-zphz", "-phasedeg"),
    ];

    private static readonly char[] Delimiters = ['\t', ';', ',', ' '];

    /// <summary>Headers such as <c>Z'</c> without a unit: the mark at their end is taken for a quotation mark where fields are cut, so they are renamed first.</summary>
    public static DelimitedLayout? Primed(TextSource source)
    {
        for (int line = 0; line < source.Head.Count; line++)
        {
            string header = source.Head[line].TrimStart('#', ' ');
            char delimiter = Delimiters.FirstOrDefault(header.Contains);
            if (delimiter == 0 || !header.Contains("Z'", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            string[] names = [.. header.Split(delimiter, delimiter == ' ' ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None).Select(name => name.Trim(' ', '"').Replace("''", "imag", StringComparison.Ordinal).Replace("'", "real", StringComparison.Ordinal))];
            ColumnMap map = ColumnMap.Resolve(names, Named);
            if (ImpedanceFormats.IsSpectrum(map.Quantities))
            {
                return new DelimitedLayout("eis-csv", line, 0, delimiter, LayoutSearch.HasDecimalComma(source, line, delimiter), map, CounterScope.Test, names.Length);
            }
        }

        return null;
    }

    private static string[] WithUnit(string[] names) => [.. names, .. names.Select(name => name + "ohm"), .. names.Select(name => name + "ohms")];
}
