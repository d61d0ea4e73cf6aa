using System.Globalization;

namespace CellLab.Core.Documents;

/// <summary>Takes the members of one map one by one, collects what is wrong with them, and at the end refuses what nobody asked for.
/// <paramref name="where"/> begins every message ("step 4 (constant_current)"); <paramref name="blankIsNull"/>: a blank string counts as null.</summary>
public sealed class MemberReader(MapNode map, string fileName, string where, ICollection<Finding> errors, bool blankIsNull)
{
    private readonly List<string> _known = [];

    public SourcePosition At => map.At;

    /// <summary>False once a member was refused: rules over several members then have nothing to add.</summary>
    public bool Clean { get; private set; } = true;

    /// <summary>The member's value; null when it is absent, null, or blank where blank is null.</summary>
    public DocumentNode? Node(string name)
    {
        _known.Add(name);
        DocumentNode? value = map.Find(name)?.Value;
        return value is ScalarNode scalar && (scalar.Kind == ScalarKind.Null || (blankIsNull && IsBlank(scalar))) ? null : value;
    }

    /// <summary>The member stands in the document, whatever its value.</summary>
    public bool IsWritten(string name) => map.Find(name) is not null;

    public double? Number(string name) => Node(name) is { } node ? NumberOf(name, node) : null;

    public double? Number(string name, Func<double, bool> allowed, string expected)
    {
        if (Number(name) is not { } value)
        {
            return null;
        }

        if (allowed(value))
        {
            return value;
        }

        Refuse(name, $"{name} is {Text(value)}, expected {expected}");
        return null;
    }

    /// <summary>A number greater than 0.</summary>
    public double? Positive(string name) => Number(name, value => value > 0, "a number greater than 0");

    public double? RequiredPositive(string name) => Required(name) ? Positive(name) : null;

    public double? RequiredNumber(string name) => Required(name) ? Number(name) : null;

    public int? PositiveInteger(string name)
    {
        double? value = Number(name, v => v >= 1 && v <= int.MaxValue && v == Math.Floor(v), "a whole number of at least 1");
        return value is { } whole ? (int)whole : null;
    }

    public bool? Boolean(string name)
    {
        switch (Node(name))
        {
            case null:
                return null;
            case ScalarNode { Kind: ScalarKind.Boolean } flag:
                return flag.Text == "true";
            default:
                Refuse(name, $"{name} must be true or false");
                return null;
        }
    }

    public string? String(string name)
    {
        switch (Node(name))
        {
            case null:
                return null;
            case ScalarNode { Kind: ScalarKind.Text } text:
                return text.Text;
            default:
                Refuse(name, $"{name} must be a text in quotes");
                return null;
        }
    }

    /// <summary>Refuses an absent or empty member and says whether it is there.</summary>
    public bool Required(string name)
    {
        if (Node(name) is not null)
        {
            return true;
        }

        Refuse(name, $"{name} is missing", $"add {name}");
        return false;
    }

    /// <summary>Notes an error at the member, or at the map when the member is absent.</summary>
    public void Refuse(string name, string message, string? hint = null)
    {
        Clean = false;
        SourcePosition at = PlaceOf(name);
        errors.Add(new Finding(fileName, at.Line, at.Column, where.Length == 0 ? message : $"{where}: {message}", hint));
    }

    public SourcePosition PlaceOf(string name) => map.Find(name)?.At ?? map.At;

    /// <summary>Refuses every member that was not asked for, with the name that was most likely meant.</summary>
    public void RefuseUnknown()
    {
        foreach (MapMember member in map.Members.Where(member => !_known.Contains(member.Name)))
        {
            string? meant = NearMiss.Find(member.Name, _known.Distinct());
            Refuse(member.Name, $"unknown member '{member.Name}'",
                meant is null ? $"allowed: {string.Join(", ", _known.Distinct())}" : $"did you mean '{meant}'?");
        }
    }

    private double? NumberOf(string name, DocumentNode node)
    {
        if (node is ScalarNode { Kind: ScalarKind.Number or ScalarKind.Text } scalar
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
        {
            return value;
        }

        string found = node is ScalarNode other ? $"'{other.Text}'" : node is MapNode ? "an object" : "a list";
        Refuse(name, $"{name} is {found}, expected a number");
        return null;
    }

    private static bool IsBlank(ScalarNode scalar) => scalar.Kind == ScalarKind.Text && string.IsNullOrWhiteSpace(scalar.Text);

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
