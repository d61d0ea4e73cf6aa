namespace CellLab.Service.Offline.Foreign.Text;

/// <summary>What a kind of column is measured in.</summary>
internal enum Dimension { Number, Seconds, Volts, Amperes, AmpereHours, WattHours, Hertz, Ohms, Degrees }

/// <summary>Factors from the units in headers to the unit of the neutral table.</summary>
internal static class UnitFactor
{
    private static readonly Dictionary<(Dimension, string), double> Factors = Build();

    /// <summary>Null where the unit is none of that dimension. No unit in the header means the table's own unit.</summary>
    public static double? Of(Dimension dimension, string? unit) =>
        dimension == Dimension.Number || unit is null or "" ? 1
        : Factors.TryGetValue((dimension, Plain(unit)), out double factor) ? factor : null;

    /// <summary>A unit without what spellings differ in; the two micro signs and a byte that could not be decoded before A, V, S become u.</summary>
    private static string Plain(string unit)
    {
        string text = unit.Replace("µ", "u", StringComparison.Ordinal).Replace("μ", "u", StringComparison.Ordinal).Replace("\uFFFD", "u", StringComparison.Ordinal)
            .Replace(".", "", StringComparison.Ordinal).Replace("·", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal)
            .Replace(" ", "", StringComparison.Ordinal).Replace("Ω", "ohm", StringComparison.Ordinal).Replace("\u2126", "ohm", StringComparison.Ordinal);
        return text;
    }

    private static Dictionary<(Dimension, string), double> Build()
    {
        var factors = new Dictionary<(Dimension, string), double>();
        void Add(Dimension dimension, double factor, params string[] spellings)
        {
            foreach (string spelling in spellings)
            {
                factors[(dimension, spelling)] = factor;
            }
        }

        Add(Dimension.Seconds, 1, "s", "S", "sec", "Sec", "secs", "seconds", "second");
        Add(Dimension.Seconds, 1e-3, "ms", "millisecond", "milliseconds");
        Add(Dimension.Seconds, 60, "min", "Min", "minutes", "minute");
        Add(Dimension.Seconds, 3600, "h", "H", "hr", "hour", "hours");
        Add(Dimension.Seconds, 86400, "d", "day", "days");
        Add(Dimension.Volts, 1, "V", "v", "volt", "Volt", "V/V", "Vvs.Ref");
        Add(Dimension.Volts, 1e-3, "mV");
        Add(Dimension.Volts, 1e-6, "uV");
        Add(Dimension.Amperes, 1, "A", "a", "Amp", "ampere");
        Add(Dimension.Amperes, 1e-3, "mA");
        Add(Dimension.Amperes, 1e-6, "uA");
        Add(Dimension.Amperes, 1e-9, "nA");
        Add(Dimension.AmpereHours, 1, "Ah", "AH", "ah");
        Add(Dimension.AmpereHours, 1e-3, "mAh", "mAH", "mah");
        Add(Dimension.AmpereHours, 1e-6, "uAh");
        Add(Dimension.AmpereHours, 1 / 3600.0, "As", "C");
        Add(Dimension.AmpereHours, 1e-3 / 3600, "mAs", "mC");
        Add(Dimension.WattHours, 1, "Wh", "WH", "wh");
        Add(Dimension.WattHours, 1e-3, "mWh", "mWH");
        Add(Dimension.WattHours, 1e-6, "uWh");
        Add(Dimension.WattHours, 1 / 3600.0, "Ws", "J");
        Add(Dimension.WattHours, 1e-3 / 3600, "mWs", "mJ");
        Add(Dimension.Hertz, 1, "Hz", "hz", "HZ");
        Add(Dimension.Hertz, 1e3, "kHz");
        Add(Dimension.Hertz, 1e-3, "mHz");
        Add(Dimension.Ohms, 1, "ohm", "Ohm", "ohms", "Ohms", "a", "b", "u"); // ZPlot writes Z'(a) and Z''(b); an undecodable omega is one byte
        Add(Dimension.Ohms, 1e-3, "mohm", "mOhm");
        Add(Dimension.Ohms, 1e3, "kohm", "kOhm");
        Add(Dimension.Degrees, 1, "deg", "°", "degree", "degrees", "u");
        Add(Dimension.Degrees, 180 / Math.PI, "rad", "radian", "radians");
        return factors;
    }
}
