using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.PyBamm;

/// <summary>Reads the JSON form: <c>{"experiment": [...], "period": "10 seconds", "termination": [...]}</c> or the bare list. Entries are sentences,
/// lists of them (one cycle), or <c>{"repeat": 400, "steps": [...]}</c>.</summary>
internal sealed class ExperimentReader
{
    private readonly string _file;
    private readonly StepMapping _mapping;
    private int _steps;

    public ExperimentReader(string file, IReadOnlyList<Finding> earlier)
    {
        _file = file;
        Errors = [.. earlier];
        _mapping = new StepMapping(file, Errors, Warnings);
    }

    public List<Finding> Errors { get; }

    public List<Finding> Warnings { get; } = [];

    public double? Period { get; private set; }

    /// <summary>Ends of the whole experiment; the first one met counts.</summary>
    public List<ExperimentEnd> Ends { get; } = [];

    public IReadOnlyList<ExperimentItem> Read(DocumentNode root)
    {
        if (root is not MapNode map)
        {
            return Items(root);
        }

        MemberReader members = Members(map, "");
        ReadPeriod(members);
        ReadTermination(members);
        WarnLost(members, "temperature", "a protocol has no place for a temperature");
        IReadOnlyList<ExperimentItem> items = members.Required("experiment") ? Items(members.Node("experiment")!) : [];
        members.RefuseUnknown();
        return items;
    }

    private void ReadPeriod(MemberReader members)
    {
        if (members.String("period") is not { } text)
        {
            return;
        }

        if (PyBammDuration.TryParse(text, out double seconds))
        {
            Period = seconds;
        }
        else
        {
            members.Refuse("period", $"period is '{text}', expected {PyBammDuration.Expected}");
        }
    }

    private void ReadTermination(MemberReader members)
    {
        foreach (DocumentNode value in Values(members, "termination"))
        {
            if (ExperimentEnd.Read(value, out string why) is { } end)
            {
                Ends.Add(end);
            }
            else
            {
                WarnLost(value, "termination", why);
            }
        }
    }

    private static IEnumerable<DocumentNode> Values(MemberReader members, string name) =>
        members.Node(name) switch { null => [], ListNode list => list.Items, { } single => [single] };

    private void WarnLost(MemberReader members, string name, string why)
    {
        foreach (DocumentNode value in Values(members, name))
        {
            WarnLost(value, name, why);
        }
    }

    private void WarnLost(DocumentNode value, string name, string why)
    {
        string text = value is ScalarNode scalar ? $" '{scalar.Text}'" : "";
        Warnings.Add(new Finding(_file, value.At.Line, value.At.Column, $"not carried over: {name}{text}: {why}", null));
    }

    private ExperimentItem[] Items(DocumentNode node) =>
        node is ListNode list ? [.. list.Items.SelectMany(Item)] : Refuse(node, "this is no list of steps", "write the steps in [ ]");

    private ExperimentItem[] Item(DocumentNode node)
    {
        switch (node)
        {
            case ScalarNode { Kind: ScalarKind.Text } text:
                return Step(text);
            case ListNode cycle:
                return Items(cycle);
            case MapNode map:
                return Repeat(map);
            default:
                return Refuse(node, "this is no step", "a step is a sentence in quotes, a list of them, or {\"repeat\": n, \"steps\": [...]}");
        }
    }

    private ExperimentItem[] Step(ScalarNode text)
    {
        if (++_steps > PyBammReader.MaxSteps)
        {
            return _steps == PyBammReader.MaxSteps + 1 ? Refuse(text, PyBammReader.TooManySteps, PyBammReader.WriteRepeats) : [];
        }

        // the first character of the sentence stands behind the quote
        return _mapping.Map(text.Text, text.At with { Column = text.At.Column + 1 }) is { } step ? [new StepItem(step)] : [];
    }

    private ExperimentItem[] Repeat(MapNode map)
    {
        MemberReader members = Members(map, "repeat");
        bool counted = members.Required("repeat");
        int passes = members.PositiveInteger("repeat") ?? 0;
        ExperimentItem[] items = members.Required("steps") ? Items(members.Node("steps")!) : [];
        members.RefuseUnknown();
        if (!counted || !members.Clean)
        {
            return [];
        }

        return items.Length > 0 ? [new RepeatItem(items, passes)]
            : Errors.Count > 0 ? [] : Refuse(map, "the repeated part holds no step", "add a step to steps");
    }

    private ExperimentItem[] Refuse(DocumentNode node, string message, string hint)
    {
        Errors.Add(new Finding(_file, node.At.Line, node.At.Column, message, hint));
        return [];
    }

    private MemberReader Members(MapNode map, string where) => new(map, _file, where, Errors, blankIsNull: false);
}
