using System.Text.RegularExpressions;

namespace CellLab.Core.Documents;

/// <summary>What an unquoted value is, by the core schema of YAML 1.2: <c>yes</c>, <c>no</c>, <c>on</c> and <c>off</c> are texts.</summary>
internal static partial class PlainScalar
{
    public static ScalarKind KindOf(string text) => text switch
    {
        "" or "~" or "null" => ScalarKind.Null,
        "true" or "false" => ScalarKind.Boolean,
        _ => Number().IsMatch(text) ? ScalarKind.Number : ScalarKind.Text,
    };

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
