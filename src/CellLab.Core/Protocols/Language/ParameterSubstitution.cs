using System.Text.RegularExpressions;
using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Language;

/// <summary>Puts the values of the parameters where <c>${name}</c> stands. A value is a single number or text; it is put in as written.</summary>
internal sealed partial class ParameterSubstitution
{
    private readonly LanguageContext _context;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    private ParameterSubstitution(LanguageContext context) => _context = context;

    /// <summary>The tree without placeholders. Values of <paramref name="settings"/> win over the file's defaults.</summary>
    public static MapNode Apply(MapNode root, IReadOnlyDictionary<string, string> settings, LanguageContext context)
    {
        var substitution = new ParameterSubstitution(context);
        MapMember? parameters = root.Find(LanguageWords.Parameters);
        substitution.ReadDefaults(parameters);
        substitution.ReadSettings(settings, parameters?.At ?? root.At);
        MapNode done = root with
        {
            Members = [.. root.Members.Select(member => member == parameters ? member : member with { Value = substitution.In(member.Value) })],
        };
        substitution.WarnUnused(parameters);
        return done;
    }

    private void ReadDefaults(MapMember? parameters)
    {
        if (parameters?.Value is not MapNode map)
        {
            if (parameters?.Value is { } other and not ScalarNode { Kind: ScalarKind.Null })
            {
                _context.Error(other.At, "parameters must be names with their values", "write for example {rate: 0.1C}");
            }

            return;
        }

        foreach (MapMember member in map.Members)
        {
            if (!Name().IsMatch(member.Name))
            {
                _context.Error(member.At, $"'{member.Name}' is no name of a parameter", "letters, digits and _, a letter first");
            }
            else if (member.Value is not ScalarNode { Kind: not ScalarKind.Null } value || value.Text.Contains("${", StringComparison.Ordinal))
            {
                _context.Error(member.At, $"parameter '{member.Name}' needs one number or text as its default value");
                _values[member.Name] = "";
            }
            else
            {
                _values[member.Name] = value.Text;
            }
        }
    }

    private void ReadSettings(IReadOnlyDictionary<string, string> settings, SourcePosition at)
    {
        foreach ((string name, string value) in settings)
        {
            if (!_values.ContainsKey(name))
            {
                _context.Error(at, $"there is no parameter '{name}' to set", Known(name));
            }
            else if (value.Contains("${", StringComparison.Ordinal) || value.Any(char.IsControl))
            {
                _context.Error(at, $"the value set for '{name}' is not a plain number or text");
            }
            else
            {
                _values[name] = value;
            }
        }
    }

    private DocumentNode In(DocumentNode node) => node switch
    {
        MapNode map => map with { Members = [.. map.Members.Select(member => member with { Value = In(member.Value) })] },
        ListNode list => list with { Items = [.. list.Items.Select(In)] },
        ScalarNode scalar when scalar.Text.Contains("${", StringComparison.Ordinal) => InScalar(scalar),
        _ => node,
    };

    private ScalarNode InScalar(ScalarNode scalar)
    {
        string text = Placeholder().Replace(scalar.Text, match => Value(match.Groups[1].Value, scalar.PlaceOf(match.Index)));
        if (Placeholder().Replace(scalar.Text, "").Contains("${", StringComparison.Ordinal))
        {
            _context.Error(scalar.At, $"'{scalar.Text}' holds a '${{' that begins no parameter", "write ${name}, letters, digits and _");
        }

        bool whole = Placeholder().Match(scalar.Text) is { Success: true } only && only.Length == scalar.Text.Length;
        return scalar with { Text = text, Kind = whole ? PlainScalar.KindOf(text) : ScalarKind.Text, TextColumn = null };
    }

    private string Value(string name, SourcePosition at)
    {
        _used.Add(name);
        if (_values.TryGetValue(name, out string? value))
        {
            return value;
        }

        _context.Error(at, $"there is no parameter '{name}'", Known(name));
        return "";
    }

    private string Known(string name) => NearMiss.Find(name, _values.Keys) is { } meant ? $"did you mean '{meant}'?"
        : _values.Count == 0 ? "the file has no member parameters" : $"parameters: {string.Join(", ", _values.Keys)}";

    private void WarnUnused(MapMember? parameters)
    {
        foreach (MapMember member in (parameters?.Value as MapNode)?.Members.Where(member => !_used.Contains(member.Name)) ?? [])
        {
            _context.Warn(member.At, $"parameter '{member.Name}' is used nowhere", $"write ${{{member.Name}}} where its value belongs");
        }
    }

    [GeneratedRegex(@"\$\{([A-Za-z][A-Za-z0-9_]{0,39})\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
