using System.Globalization;
using System.Xml.Linq;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Compares an element of a file with what is written for it, and puts the difference back. Values are compared as numbers. Pure.</summary>
internal static class StepFileDifference
{
    /// <summary>Two texts of one number.</summary>
    private const double SameShare = 1e-9;

    /// <summary>A value that a file rounded; what differs more was changed after the import.</summary>
    private const double RoundedShare = 0.001;

    /// <summary>What the original has and the written one has not, or otherwise; null when that is nothing. The name stays.</summary>
    public static XElement? Rest(XElement original, XElement? written)
    {
        var rest = new XElement(original.Name, original.Attributes().Where(value => !IsSame(value, written?.Attribute(value.Name), SameShare)));
        foreach ((XElement child, XElement? other) in Pairs(original, written))
        {
            rest.Add(Rest(child, other));
        }

        return written is null || rest.HasAttributes || rest.HasElements ? rest : null;
    }

    /// <summary>Paths of what the written one has and the original has not: <c>Limit/Main/Curr</c>, <c>Slope/@Cycle_Count</c>.</summary>
    public static IEnumerable<string> Absent(XElement written, XElement original, string path = "")
    {
        foreach (XAttribute value in written.Attributes().Where(value => original.Attribute(value.Name) is null))
        {
            yield return $"{path}@{value.Name.LocalName}";
        }

        foreach ((XElement child, XElement? other) in Pairs(written, original))
        {
            string name = path + child.Name.LocalName;
            foreach (string absent in other is null ? [name] : Absent(child, other, name + "/"))
            {
                yield return absent;
            }
        }
    }

    /// <summary>Puts the rest into an element. A value that stands in both is the written one, unless the rest's is the same but for rounding.</summary>
    /// <param name="replaces">The rest's values win.</param>
    public static void Merge(XElement written, XElement rest, bool replaces = false)
    {
        foreach (XAttribute value in rest.Attributes())
        {
            if (replaces || written.Attribute(value.Name) is not { } own || IsSame(value, own, RoundedShare))
            {
                written.SetAttributeValue(value.Name, value.Value);
            }
        }

        foreach ((XElement child, XElement? own) in Pairs(rest, written).ToArray())
        {
            if (own is null)
            {
                written.Add(new XElement(child));
            }
            else
            {
                Merge(own, child, replaces);
            }
        }
    }

    public static void Remove(XElement written, string paths)
    {
        foreach (string path in paths.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] names = path.Split('/');
            XElement? owner = names[..^1].Aggregate((XElement?)written, (element, name) => element?.Element(name));
            if (names[^1].StartsWith('@'))
            {
                owner?.Attribute(names[^1][1..])?.Remove();
            }
            else
            {
                owner?.Element(names[^1])?.Remove();
            }
        }
    }

    /// <summary>Children with the one of the same name and turn in the other element.</summary>
    private static IEnumerable<(XElement Child, XElement? Other)> Pairs(XElement one, XElement? other)
    {
        var turns = new Dictionary<XName, int>();
        foreach (XElement child in one.Elements())
        {
            int turn = turns.GetValueOrDefault(child.Name);
            turns[child.Name] = turn + 1;
            yield return (child, other?.Elements(child.Name).Skip(turn).FirstOrDefault());
        }
    }

    private static bool IsSame(XAttribute one, XAttribute? other, double share) =>
        other is not null && (one.Value == other.Value
            || (Number(one) is { } a && Number(other) is { } b && Math.Abs(a - b) <= share * Math.Max(Math.Abs(a), Math.Abs(b))));

    private static double? Number(XAttribute value) =>
        double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
}
