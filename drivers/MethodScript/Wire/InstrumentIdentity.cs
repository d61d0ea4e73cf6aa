using System.Text.RegularExpressions;

namespace CellLab.Drivers.MethodScript.Wire;

/// <summary>The reply to <c>t</c>: family and firmware.</summary>
/// <param name="Type">Six characters, such as <c>es4_hr</c>.</param>
/// <param name="Firmware"><c>1.1.00</c> of four digits, <c>1.0</c> of two.</param>
/// <param name="Built">The maker's build date, as text; null when none came.</param>
internal sealed partial record InstrumentIdentity(string Type, string Firmware, string? Built)
{
    /// <summary><c>type(6) digits [ # date ]</c>; null when the content is none.</summary>
    public static InstrumentIdentity? TryRead(string content)
    {
        Match match = Grammar().Match(content);
        if (!match.Success)
        {
            return null;
        }

        string digits = match.Groups["digits"].Value;
        string firmware = digits.Length == 2 ? $"{digits[0]}.{digits[1]}" : $"{digits[0]}.{digits[1]}.{digits[2..]}";
        return new InstrumentIdentity(match.Groups["type"].Value, firmware, match.Groups["date"] is { Success: true } date ? date.Value.Trim() : null);
    }

    /// <summary>The line after it: <c>R*</c> release, <c>B*</c> beta; null when it is neither.</summary>
    public static string? ReleaseOf(ReplyLine line) => (line.Letter, line.Content) switch
    {
        ('R', "*") => "release",
        ('B', "*") => "beta",
        _ => null,
    };

    [GeneratedRegex("^(?<type>[A-Za-z0-9_]{6})(?<digits>[0-9]{2}|[0-9]{4})(#(?<date>.*))?$")]
    private static partial Regex Grammar();
}
