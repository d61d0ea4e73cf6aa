using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CellLab.Drivers.MethodScript.Wire;

/// <summary>What the instrument objects to. Line and column belong to the script that was loaded, from 1.</summary>
/// <param name="Letter">The command that was refused; null in a running script.</param>
internal sealed partial record InstrumentError(char? Letter, int Code, int? Line, int? Column)
{
    /// <summary><c>[letter]!XXXX[: Line n[, Col m]]</c>; null when the text is none.</summary>
    public static InstrumentError? TryRead(string text)
    {
        Match match = Grammar().Match(text);
        return !match.Success
            ? null
            : new InstrumentError(
                match.Groups["letter"].Value is [var letter] ? letter : null,
                int.Parse(match.Groups["code"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                Number(match.Groups["line"]),
                Number(match.Groups["column"]));
    }

    public string CodeText => Code.ToString("X4", CultureInfo.InvariantCulture);

    /// <summary>One sentence: code, meaning, place.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"error {CodeText} ({ErrorCodes.MeaningOf(Code)})");
        if (Line is { } line)
        {
            text.Append(CultureInfo.InvariantCulture, $" in line {line}");
        }

        if (Column is { } column)
        {
            text.Append(CultureInfo.InvariantCulture, $", column {column}");
        }

        return text.ToString();
    }

    private static int? Number(Group group) =>
        group.Success && int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    [GeneratedRegex(@"^(?<letter>[A-Za-z])?!(?<code>[0-9A-Fa-f]{4})(: Line (?<line>[0-9]{1,9})(, Col (?<column>[0-9]{1,9}))?)?\s*$")]
    private static partial Regex Grammar();
}
