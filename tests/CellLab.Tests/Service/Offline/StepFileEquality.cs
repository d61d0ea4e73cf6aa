using System.Globalization;
using System.Xml.Linq;

namespace CellLab.Tests.Service.Offline;

/// <summary>Two step files element by element: names, attributes and places count, the order of neighbours of different names, the form of a number, date
/// and identity of the file do not.</summary>
internal static class StepFileEquality
{
    public static void AssertSame(string expected, string actual) => Assert.Equal(string.Join('\n', Lines(expected)), string.Join('\n', Lines(actual)));

    public static IReadOnlyList<string> Lines(string text)
    {
        var lines = new List<string>();
        Add(XElement.Parse(text[text.IndexOf("<root", StringComparison.Ordinal)..]), "", lines);
        return lines;
    }

    private static void Add(XElement element, string path, List<string> lines)
    {
        string here = $"{path}.{element.Name}";
        lines.Add(here + string.Concat(element.Attributes().Where(value => here != ".root.config" || value.Name.LocalName is not ("date" or "Guid"))
            .OrderBy(value => value.Name.LocalName, StringComparer.Ordinal).Select(value => $" {value.Name}={Plain(value.Value)}")));
        foreach (XElement child in element.Elements().OrderBy(child => child.Name.LocalName, StringComparer.Ordinal))
        {
            Add(child, here, lines);
        }
    }

    private static string Plain(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        ? number.ToString("G9", CultureInfo.InvariantCulture) : text;
}
