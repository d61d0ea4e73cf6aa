using System.Globalization;
using CellLab.Core.Documents;

namespace CellLab.Service.Offline.Analyze;

/// <summary>Members of the settings file: maps, lists, spans and words, with what is wrong about them.</summary>
internal sealed record SettingsMembers(string FileName, List<Finding> Errors, List<Finding> Warnings)
{
    public MemberReader Of(MapNode map, string where) => new(map, FileName, where, Errors, blankIsNull: false);

    public MemberReader? Map(MemberReader reader, string name)
    {
        switch (reader.Node(name))
        {
            case null:
                return null;
            case MapNode map:
                return Of(map, name);
            default:
                reader.Refuse(name, $"{name} must be an object");
                return null;
        }
    }

    /// <summary>Readers for the objects of a list; empty without the member.</summary>
    public IReadOnlyList<MemberReader>? Maps(MemberReader reader, string name)
    {
        if (reader.Node(name) is not { } node)
        {
            return null;
        }

        if (node is ListNode list && list.Items.All(item => item is MapNode))
        {
            return [.. list.Items.Select((item, index) => Of((MapNode)item, string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]")))];
        }

        reader.Refuse(name, $"{name} must be a list of objects");
        return null;
    }

    public static double[]? Numbers(MemberReader reader, string name)
    {
        if (reader.Node(name) is not { } node)
        {
            return null;
        }

        if (node is ListNode list)
        {
            double?[] values = [.. list.Items.Select(NumberOf)];
            if (values.All(value => value is not null))
            {
                return [.. values.Select(value => value!.Value)];
            }
        }

        reader.Refuse(name, $"{name} must be a list of numbers");
        return null;
    }

    public static Span? Span(MemberReader reader, string name)
    {
        if (Numbers(reader, name) is not { } values)
        {
            return null;
        }

        if (values.Length == 2 && values[0] < values[1])
        {
            return new Span(values[0], values[1]);
        }

        reader.Refuse(name, $"{name} must be two times in s, the earlier first");
        return null;
    }

    /// <summary>Numbers by name.</summary>
    public static IReadOnlyDictionary<string, double> NumbersByName(MemberReader reader, string name) =>
        reader.Node(name) switch
        {
            null => new Dictionary<string, double>(),
            MapNode map when map.Members.All(member => NumberOf(member.Value) is not null) =>
                map.Members.ToDictionary(member => member.Name, member => NumberOf(member.Value)!.Value),
            _ => Refused(reader, name),
        };

    public static string? Word(MemberReader reader, string name, params string[] allowed)
    {
        string? word = reader.String(name);
        if (word is null || allowed.Contains(word))
        {
            return word;
        }

        reader.Refuse(name, $"{name} is '{word}', expected {string.Join(" or ", allowed)}");
        return null;
    }

    /// <summary>A mass to charge ratio, written as a number or a text (32, "32", "M32").</summary>
    public static string? Mz(MemberReader reader, string name) =>
        reader.Node(name) is ScalarNode { Kind: ScalarKind.Number or ScalarKind.Text } scalar ? scalar.Text.TrimStart('M', 'm') : null;

    public static double? NumberOf(DocumentNode node) =>
        node is ScalarNode { Kind: ScalarKind.Number } scalar
        && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    /// <summary>Members that nobody asked for become warnings.</summary>
    public void End(MemberReader reader)
    {
        int before = Errors.Count;
        reader.RefuseUnknown();
        Warnings.AddRange(Errors.Skip(before));
        Errors.RemoveRange(before, Errors.Count - before);
    }

    private static Dictionary<string, double> Refused(MemberReader reader, string name)
    {
        reader.Refuse(name, $"{name} must be an object of numbers");
        return [];
    }
}
