using System.Globalization;

namespace CellLab.Service.Rest;

/// <summary>Checks of numbers and texts that requests carry.</summary>
internal static class Bounds
{
    public static int Within(string field, int value, int highest) => value >= 1 && value <= highest
        ? value
        : throw RestProblemException.Invalid(field, Invariant($"{field} is {value}."), Invariant($"Give 1 to {highest}."));

    public static long NotNegative(string field, long value) => value >= 0
        ? value
        : throw RestProblemException.Invalid(field, Invariant($"{field} is {value}."), "Give 0 or more.");

    /// <summary>A required text of bounded length, trimmed.</summary>
    public static string Text(string field, string? value, int longest)
    {
        string text = value?.Trim() ?? "";
        return text.Length >= 1 && text.Length <= longest
            ? text
            : throw RestProblemException.Invalid(
                field, text.Length == 0 ? $"{field} is missing." : $"{field} is too long.", Invariant($"Give 1 to {longest} characters."));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
