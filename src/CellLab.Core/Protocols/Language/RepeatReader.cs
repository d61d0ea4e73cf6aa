using System.Globalization;
using System.Text.RegularExpressions;
using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Language;

/// <summary>Reads <c>repeat: N</c> with <c>steps</c> or a <c>block</c>, <c>name</c>, exits under <c>until</c>, and <c>every: N cycles</c> with
/// <c>insert</c>.</summary>
internal sealed partial class RepeatReader(LanguageContext context, ItemReader items)
{
    public IReadOnlyList<MethodItem> Read(MapNode map)
    {
        context.RefuseEmpty(map);
        MemberReader members = context.Members(map, "repeat");
        int? passes = (int?)members.Number("repeat", count => count >= 1 && count <= LanguageWords.MaxRepeat && count == Math.Floor(count),
            $"a whole number from 1 to {LanguageWords.MaxRepeat}");
        string? name = Name(members);
        string? block = members.String("block");
        DocumentNode? steps = members.Node("steps");
        IReadOnlyList<RepeatExit> exits = [.. Exits(members.Node("until"))];
        RepeatInsert? insert = Insert(members, map);
        Programs.InstrumentPart? part = InstrumentPartReader.Read(members, context);
        members.RefuseUnknown();
        if (block is null == steps is null)
        {
            members.Refuse("repeat", "it needs either steps or block", "add 'steps:' with a list, or 'block: NAME'");
            return [];
        }

        IReadOnlyList<MethodItem> body = steps is not null ? items.ReadList(steps, "repeat: steps")
            : items.KnownBlock(block!, members.PlaceOf("block")) ? [new BlockItem(members.PlaceOf("block"), block!, 1)] : [];
        return [new RepeatItem(map.At, name ?? block, passes ?? 1, body, exits, insert) { Part = part }];
    }

    private static string? Name(MemberReader members)
    {
        string? name = members.String("name");
        if (name is not null && (!MethodReader.Name().IsMatch(name) || name == LanguageWords.MainBlock))
        {
            members.Refuse("name", $"'{name}' cannot be a name", "letters, digits, blanks and . _ -, at most 40");
        }

        return name;
    }

    private IEnumerable<RepeatExit> Exits(DocumentNode? node) => node switch
    {
        null => [],
        ListNode list => list.Items.Select(Exit).OfType<RepeatExit>(),
        _ => new[] { Exit(node) }.OfType<RepeatExit>(),
    };

    private RepeatExit? Exit(DocumentNode node)
    {
        string text = (node as ScalarNode)?.Text.Trim() ?? "";
        if (CapacityExit().Match(text) is { Success: true } capacity
            && double.TryParse(capacity.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double percent) && percent is > 0 and < 100)
        {
            return new RepeatExit(node.At, "capacity", false, percent / 100, int.Parse(capacity.Groups[2].Value, CultureInfo.InvariantCulture), text);
        }

        if (VoltageExit().Match(text) is { Success: true } voltage && Volts(voltage.Groups[2].Value) is { } volts)
        {
            return new RepeatExit(node.At, "voltage", voltage.Groups[1].Value == ">", volts, null, text);
        }

        string first = text.Split(' ')[0];
        context.Error(node.At, $"until: '{text}' is no exit, expected 'capacity < 80 % of cycle 1' or 'voltage > 4.8 V'",
            first is not ("capacity" or "voltage") && NearMiss.Find(first, ["capacity", "voltage"]) is { } meant ? $"did you mean '{meant}'?" : null);
        return null;
    }

    private static double? Volts(string text)
    {
        try
        {
            return SentenceQuantity.Parse(text, "a voltage", QuantityKind.Potential).Value;
        }
        catch (SentenceException)
        {
            return null;
        }
    }

    private RepeatInsert? Insert(MemberReader members, MapNode map)
    {
        string? every = members.Node("every") is ScalarNode scalar ? scalar.Text.Trim() : null;
        DocumentNode? insert = members.Node("insert");
        if (every is null && insert is null && !members.IsWritten("every"))
        {
            return null;
        }

        if (insert is null || every is null || EveryCycles().Match(every) is not { Success: true } count)
        {
            members.Refuse(insert is null ? "every" : every is null ? "insert" : "every", "an insert needs both 'every: 50 cycles' and 'insert:' with a list of steps");
            return null;
        }

        return new RepeatInsert(map.Find("every")!.At, int.Parse(count.Groups[1].Value, CultureInfo.InvariantCulture), items.ReadList(insert, "insert"));
    }

    [GeneratedRegex(@"^capacity\s*<\s*([0-9.]{1,10})\s*%\s*of\s+cycle\s+([1-9][0-9]{0,5})$", RegexOptions.CultureInvariant)]
    private static partial Regex CapacityExit();

    [GeneratedRegex(@"^voltage\s*([<>])\s*(\S.{0,20})$", RegexOptions.CultureInvariant)]
    private static partial Regex VoltageExit();

    [GeneratedRegex("^([1-9][0-9]{0,5})( cycles?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex EveryCycles();
}
