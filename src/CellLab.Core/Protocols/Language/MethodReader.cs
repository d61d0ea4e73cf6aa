using System.Text.RegularExpressions;
using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Language;

/// <summary>A method and the blocks that it may name.</summary>
internal sealed record Method(IReadOnlyList<MethodItem> Items, IReadOnlyDictionary<string, Block> Blocks);

internal sealed record Block(string Name, SourcePosition At, IReadOnlyList<MethodItem> Items);

/// <summary>Reads <c>blocks</c> and <c>method</c>.</summary>
internal static partial class MethodReader
{
    /// <summary>Null without a method that can be read at all.</summary>
    public static Method? Read(MemberReader members, LanguageContext context)
    {
        IReadOnlyList<MapMember> named = NamedBlocks(members, context);
        context.BlockNames = [.. named.Select(member => member.Name)];
        var blocks = new Dictionary<string, Block>(StringComparer.Ordinal);
        var items = new ItemReader(context);
        foreach (MapMember member in named)
        {
            blocks[member.Name] = new Block(member.Name, member.At, items.ReadList(member.Value, $"block {member.Name}"));
        }

        if (!members.Required("method"))
        {
            return null;
        }

        return new Method(items.ReadList(members.Node("method")!, "method"), blocks);
    }

    private static List<MapMember> NamedBlocks(MemberReader members, LanguageContext context)
    {
        switch (members.Node("blocks"))
        {
            case null:
                return [];
            case MapNode map:
                return [.. map.Members.Where(member => IsName(member, context))];
            case var other:
                context.Error(other.At, "blocks must be names with lists of steps", "write for example 'blocks:', below it 'cycle:' and a list of steps");
                return [];
        }
    }

    private static bool IsName(MapMember member, LanguageContext context)
    {
        bool good = Name().IsMatch(member.Name) && member.Name != LanguageWords.MainBlock
            && !SentenceClauses.Verbs.Contains(member.Name.Split(' ')[0], StringComparer.OrdinalIgnoreCase);
        if (!good)
        {
            context.Error(member.At, $"'{member.Name}' cannot be the name of a block",
                $"letters, digits, blanks and . _ -, at most 40; not '{LanguageWords.MainBlock}' and no word that begins a step");
        }

        return good;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$", RegexOptions.CultureInvariant)]
    internal static partial Regex Name();
}
