using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Language;

/// <summary>Reads the entries of a method or block: sentences, names of blocks, structured steps and repeats.</summary>
internal sealed class ItemReader(LanguageContext context)
{
    private static readonly string[] KeyMembers = ["step", "repeat", "block"];

    public IReadOnlyList<MethodItem> ReadList(DocumentNode node, string where)
    {
        if (node is ListNode { Items.Count: > 0 } list)
        {
            return [.. list.Items.SelectMany(ReadOrNote)];
        }

        context.Error(node.At, $"{where} must be a list with at least one step", "begin every step with '- '");
        return [new UnreadItem(node.At)];
    }

    private IReadOnlyList<MethodItem> ReadOrNote(DocumentNode node) => Read(node) is { Count: > 0 } items ? items : [new UnreadItem(node.At)];

    private IReadOnlyList<MethodItem> Read(DocumentNode node)
    {
        switch (node)
        {
            case ScalarNode { Kind: ScalarKind.Text } scalar:
                return ReadText(scalar);
            case MapNode map when map.Find("repeat") is not null:
                return new RepeatReader(context, this).Read(map);
            case MapNode map when map.Find("block") is not null:
                return ReadBlock(map);
            case MapNode map when map.Find("step") is not null:
                return new StructuredSteps(context).Read(map);
            case MapNode map:
                Refuse(map);
                return [];
            default:
                context.Error(node.At, "a step is a sentence such as 'Charge at 0.1C until 4.8 V', the name of a block, or an object with step, repeat or block");
                return [];
        }
    }

    private IReadOnlyList<MethodItem> ReadText(ScalarNode scalar)
    {
        string text = scalar.Text.Trim();
        if (context.BlockNames.Contains(text))
        {
            return [new BlockItem(scalar.At, text, 1)];
        }

        try
        {
            IReadOnlyList<ProtocolStep> steps = HarvestSentence.Is(text)
                ? HarvestSentence.Read(text, scalar.At, context.LastCurrents)
                : [SentenceReader.Read(scalar.Text, scalar.At, context.BlockNames)];
            if (steps[0] is ConstantCurrentStep current)
            {
                context.LastCurrents[current.Charges] = current;
            }

            return [.. steps.Select(step => new StepItem(scalar.At, step))];
        }
        catch (SentenceException wrong)
        {
            string shown = text.Length <= 100 ? text : text[..100] + "...";
            context.Error(wrong.Offset is { } offset ? scalar.PlaceOf(offset) : scalar.At, $"'{shown}': {wrong.Message}", wrong.Hint);
            return [];
        }
    }

    private IReadOnlyList<MethodItem> ReadBlock(MapNode map)
    {
        context.RefuseEmpty(map);
        MemberReader members = context.Members(map, "block");
        string? name = members.String("block");
        members.RefuseUnknown();
        return name is not null && KnownBlock(name, map.Find("block")!.At) ? [new BlockItem(map.At, name, 1)] : [];
    }

    public bool KnownBlock(string name, SourcePosition at)
    {
        if (context.BlockNames.Contains(name))
        {
            return true;
        }

        context.Error(at, $"there is no block '{name}'", NearMiss.Find(name, context.BlockNames) is { } meant ? $"did you mean '{meant}'?"
            : context.BlockNames.Count == 0 ? "define it under blocks" : $"blocks: {string.Join(", ", context.BlockNames)}");
        return false;
    }

    private void Refuse(MapNode map)
    {
        string first = map.Members.Count == 0 ? "" : map.Members[0].Name;
        string? hint = SentenceClauses.Verbs.Contains(first.Split(' ')[0]) ? "a sentence holds no colon; put it in quotes if one is meant"
            : map.Members.Select(member => NearMiss.Find(member.Name, KeyMembers)).FirstOrDefault(meant => meant is not null) is { } near
                ? $"did you mean '{near}'?" : null;
        context.Error(map.At, $"an entry needs one of the members {string.Join(", ", KeyMembers)}", hint);
    }
}
