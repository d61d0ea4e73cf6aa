namespace CellLab.Core.Protocols.PyBamm;

/// <summary>Durations of PyBaMM sentences: <c>number [blank] unit</c>.</summary>
internal static class PyBammDuration
{
    public const string Expected = "a number greater than 0 with seconds, minutes or hours";

    private const double Minute = 60;
    private const double Hour = 3600;

    public static bool TryParse(string text, out double seconds)
    {
        (string number, string unit) = PyBammQuantity.Split(text);
        seconds = 0;
        if (!PyBammQuantity.TryNumber(number, out double value) || SecondsIn(unit) is not { } factor)
        {
            return false;
        }

        seconds = value * factor;
        return seconds > 0 && double.IsFinite(seconds);
    }

    private static double? SecondsIn(string unit) => unit switch
    {
        "s" or "sec" or "second" or "seconds" => 1,
        "m" or "min" or "minute" or "minutes" => Minute,
        "h" or "hr" or "hour" or "hours" => Hour,
        _ => null,
    };
}
