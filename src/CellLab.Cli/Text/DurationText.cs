using System.Globalization;

namespace CellLab.Cli.Text;

/// <summary>A duration in the unit that a person would choose.</summary>
internal static class DurationText
{
    public static string Of(double seconds) => seconds switch
    {
        < 120 => Text($"{seconds:0.0} s"),
        < 7200 => Text($"{seconds / 60:0.0} min"),
        < 172800 => Text($"{seconds / 3600:0.00} h"),
        _ => Text($"{seconds / 86400:0.00} d"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
