using System.Globalization;
using System.Text;
using CellLab.HardwareSim.MethodScript.Language;

namespace CellLab.HardwareSim.MethodScript.Wire;

/// <summary>Writes packages: each value by the finest prefix for which its whole number stays within 27 bits, zero as <c>8000000 </c>.</summary>
internal static class PackageText
{
    private const long Largest = (1L << 27) - 1;
    private const long Offset = 0x8000000;
    private const string Prefixes = "afpnum kMGTPE";

    public static string Of(IEnumerable<ScriptValue> values) => "P" + string.Join(';', values.Select(Field));

    private static string Field(ScriptValue value)
    {
        var text = new StringBuilder(value.Type).Append(Digits(value));
        if (value.Status is { } status)
        {
            text.Append(CultureInfo.InvariantCulture, $",1{status:X1}");
        }

        if (value.Range is { } range)
        {
            text.Append(CultureInfo.InvariantCulture, $",2{range:X2}");
        }

        return text.ToString();
    }

    private static string Digits(ScriptValue value)
    {
        if (double.IsNaN(value.Number))
        {
            return "     nan";
        }

        if (value.Integer)
        {
            return Text((long)value.Number, 'i');
        }

        for (int i = 0; i < Prefixes.Length && value.Number != 0; i++)
        {
            double number = Math.Round(value.Number * Math.Pow(10, -3 * (i - 6)));
            if (Math.Abs(number) <= Largest)
            {
                return Text((long)number, Prefixes[i]);
            }
        }

        return Text(0, ' ');
    }

    private static string Text(long number, char prefix) => string.Create(CultureInfo.InvariantCulture, $"{number + Offset:X7}{prefix}");
}
