using CellLab.Core.Documents;
using CellLab.Core.Programs;

namespace CellLab.Core.Protocols.Language;

/// <summary>Puts blocks in place and turns repeats into tags and loops. A loop's steps are called by the name of the innermost named repeat or block
/// round them; inserts become a loop of their own round the counted passes.</summary>
internal sealed class MethodUnfolder(Method method, LanguageContext context)
{
    private const int MaxNesting = 16;

    private readonly List<ProtocolStep> _steps = [];
    private readonly HashSet<string> _tags = new(StringComparer.Ordinal);
    private readonly List<string> _within = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private int _unnamed;
    private bool _stopped;

    public IReadOnlyList<ProtocolStep> Unfold()
    {
        Add(method.Items);
        if (!_stopped && !_steps.Any(step => step is UnreadStep))
        {
            foreach (Block block in method.Blocks.Values.Where(block => !_used.Contains(block.Name)))
            {
                context.Warn(block.At, $"block '{block.Name}' is used nowhere", "name it in the method, or remove it");
            }
        }

        return _steps;
    }

    private void Add(IReadOnlyList<MethodItem> items, string? name = null)
    {
        foreach (MethodItem item in items)
        {
            if (_stopped)
            {
                return;
            }

            switch (item)
            {
                case StepItem single:
                    Append(single.Step);
                    break;
                case UnreadItem unread:
                    Append(new UnreadStep(0, unread.At));
                    break;
                case BlockItem block:
                    AddBlock(block);
                    break;
                case RepeatItem repeat:
                    AddRepeat(repeat with { Name = repeat.Name ?? name });
                    break;
            }
        }
    }

    private void AddBlock(BlockItem item)
    {
        _used.Add(item.Block);
        if (_within.Contains(item.Block) || _within.Count >= MaxNesting)
        {
            _stopped = true;
            context.Error(item.At, _within.Contains(item.Block)
                ? $"block '{item.Block}' holds itself: {string.Join(" > ", _within.Append(item.Block))}"
                : $"blocks are nested more than {MaxNesting} deep", "a block may name only blocks that do not lead back to it");
            return;
        }

        _within.Add(item.Block);
        Loop(new LoopFrame(item.Block, item.Passes, item.At), method.Blocks[item.Block].Items);
        _within.RemoveAt(_within.Count - 1);
    }

    private void AddRepeat(RepeatItem repeat)
    {
        string name = repeat.Name ?? $"repeat-{++_unnamed}";
        LoopExits? exits = ExitsReader.Of(repeat.Exits, context);
        if (repeat.Insert is not { } insert || insert.EveryPasses > repeat.Passes)
        {
            WarnNever(repeat);
            Loop(new LoopFrame(name, repeat.Passes, repeat.At) { Exits = exits, Part = repeat.Part }, Unwrapped(repeat.Items, name));
            return;
        }

        int rounds = repeat.Passes / insert.EveryPasses;
        int left = repeat.Passes % insert.EveryPasses;
        var whole = new LoopFrame($"{name}-insert", rounds, repeat.At);
        if (exits is not null && left > 0)
        {
            Loop(new LoopFrame($"{name}-all", 1, repeat.At), tag => Divided(tag));
            return;
        }

        Divided(null);

        void Divided(string? allTag)
        {
            Loop(whole, tag =>
            {
                Loop(new LoopFrame(name, insert.EveryPasses, repeat.At) { Exits = exits, LeavesTag = exits is null ? null : allTag ?? tag, CountsOn = true }, Unwrapped(repeat.Items, name));
                Add(insert.Items, whole.Name);
            });
            if (left > 0)
            {
                Loop(new LoopFrame(name, left, repeat.At) { Exits = exits, LeavesTag = exits is null ? null : allTag, FirstPass = rounds * insert.EveryPasses + 1 }, Unwrapped(repeat.Items, name));
            }
        }
    }

    /// <summary>A repeated block keeps one loop instead of two: <c>repeat: 100, block: cycle</c>.</summary>
    private IReadOnlyList<MethodItem> Unwrapped(IReadOnlyList<MethodItem> items, string name)
    {
        if (items is not [BlockItem { Passes: 1 } only] || only.Block != name || _within.Contains(name) || method.Blocks[name].Items.Any(item => item is not StepItem))
        {
            return items;
        }

        _used.Add(name);
        return method.Blocks[name].Items;
    }

    private void WarnNever(RepeatItem repeat)
    {
        if (repeat.Insert is { } insert)
        {
            context.Warn(insert.At, $"every {insert.EveryPasses} cycles never comes in {repeat.Passes} passes", "give a smaller number");
        }
    }

    /// <summary>What a loop is, but for its steps.</summary>
    private sealed record LoopFrame(string Name, int Passes, SourcePosition At)
    {
        public LoopExits? Exits { get; init; }

        public string? LeavesTag { get; init; }

        public int FirstPass { get; init; } = 1;

        public bool CountsOn { get; init; }

        public InstrumentPart? Part { get; init; }
    }

    private void Loop(LoopFrame frame, IReadOnlyList<MethodItem> items)
    {
        if (frame is { Passes: 1, Exits: null, Part: null } && items is [RepeatItem only])
        {
            Add([only with { Name = only.Name ?? frame.Name }]);
            return;
        }

        Loop(frame, _ => Add(items, frame.Name));
    }

    /// <param name="addSteps">Gets the loop's tag.</param>
    private void Loop(LoopFrame frame, Action<string> addSteps)
    {
        string tag = UniqueTag(frame.Name);
        Append(new TagMark(0, frame.At, null, tag));
        int before = _steps.Count;
        addSteps(tag);
        if (_steps.Count > before)
        {
            Append(new LoopBack(0, frame.At, null, tag, 0, frame.Passes)
            {
                BlockName = frame.Name, Exits = frame.Exits, LeavesTag = frame.LeavesTag, FirstPass = frame.FirstPass, CountsOn = frame.CountsOn, InstrumentPart = frame.Part,
            });
        }
    }

    private string UniqueTag(string name)
    {
        string tag = name;
        for (int i = 2; !_tags.Add(tag); i++)
        {
            tag = $"{name}-{i}";
        }

        return tag;
    }

    private void Append(ProtocolStep step)
    {
        if (_stopped)
        {
            return;
        }

        if (_steps.Count >= LanguageWords.MaxEntries)
        {
            _stopped = true;
            context.Error(step.At, $"the method unfolds to more than {LanguageWords.MaxEntries} entries", "use repeat instead of writing or nesting the same steps again");
            return;
        }

        ProtocolStep signed = step is ConstantVoltageStep { DirectionOpen: true } hold ? HoldDirection.Signed(hold, _steps, context) : step;
        _steps.Add(signed with { Entry = _steps.Count + 1, Sentence = signed.Sentence ?? signed.Kind });
    }
}
