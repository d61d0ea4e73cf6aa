using System.Globalization;
using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Unicycler;

/// <summary>The rules that hold over the whole method: tags, loop targets, crossing loops, and a CC that does not lead into its CV.</summary>
internal sealed class MethodRules(string file, ICollection<Finding> errors, ICollection<Finding> warnings)
{
    /// <summary>Rules over entries that could not be read are left out: <paramref name="entries"/> counts them too.</summary>
    public void Check(IReadOnlyList<ProtocolStep> steps, int entries)
    {
        CheckTags(steps);
        if (steps.Count == entries)
        {
            CheckSomething(steps);
            CheckLoops(steps);
            CheckHolds(steps);
        }
    }

    private void CheckTags(IReadOnlyList<ProtocolStep> steps)
    {
        foreach (IGrouping<string, TagMark> same in steps.OfType<TagMark>().GroupBy(mark => mark.Tag, StringComparer.Ordinal))
        {
            foreach (TagMark again in same.Skip(1))
            {
                Error(again, $"tag '{same.Key}' is used twice, first by step {same.First().Entry}", "give every tag its own name");
            }
        }
    }

    private void CheckSomething(IReadOnlyList<ProtocolStep> steps)
    {
        if (steps.All(step => step is TagMark))
        {
            Error(steps[0], "the method holds only tags", "add a step");
        }
    }

    private void CheckLoops(IReadOnlyList<ProtocolStep> steps)
    {
        var loops = new List<LoopSpan>();
        foreach (LoopBack loop in steps.OfType<LoopBack>())
        {
            if ((loop.TargetTag is null ? TargetByNumber(loop) : TargetByTag(loop, steps)) is not { } target)
            {
                continue;
            }

            LoopSpan span = LoopSpan.Of(loop, target, steps);
            if (span.First >= loop.Entry)
            {
                Error(loop, "the loop holds no step", "put its tag or target before the steps that are to be repeated");
                continue;
            }

            RefuseCrossing(span, loops);
            loops.Add(span);
        }
    }

    private void RefuseCrossing(LoopSpan span, List<LoopSpan> earlier)
    {
        if (earlier.FirstOrDefault(other => other.First < span.First && span.First <= other.Loop.Entry) is { } crossed)
        {
            Error(span.Loop, $"it goes back to step {span.First}, inside the loop of step {crossed.Loop.Entry} that began before (steps "
                + $"{crossed.First} to {crossed.Loop.Entry}): the loops cross", "nest one loop in the other or put them one after the other");
        }
    }

    private int? TargetByTag(LoopBack loop, IReadOnlyList<ProtocolStep> steps)
    {
        TagMark? mark = steps.OfType<TagMark>().FirstOrDefault(tag => tag.Tag == loop.TargetTag);
        if (mark is null)
        {
            return Refuse(loop, $"there is no tag '{loop.TargetTag}'", HintFor(loop, steps));
        }

        if (mark.Entry > loop.Entry)
        {
            return Refuse(loop, $"tag '{mark.Tag}' (step {mark.Entry}) lies after the loop", "put the tag before the steps to repeat");
        }

        return mark.Entry == loop.Entry - 1
            ? Refuse(loop, $"tag '{mark.Tag}' stands directly before the loop, which then holds no step", "put the tag before the steps to repeat")
            : mark.Entry;
    }

    private int? TargetByNumber(LoopBack loop) => loop.TargetEntry > loop.Entry - 2
        ? Refuse(loop, $"loop_to is {loop.TargetEntry}, the largest allowed here is {loop.Entry - 2} (entries count from 1, tags included)",
            "to repeat the one step before the loop, put a tag before it and loop to the tag")
        : loop.TargetEntry;

    private static string HintFor(LoopBack loop, IReadOnlyList<ProtocolStep> steps)
    {
        string written = loop.TargetTag ?? "";
        string[] tags = [.. steps.OfType<TagMark>().Select(mark => mark.Tag)];
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return $"write loop_to: {number} without quotes to mean the step number";
        }

        return NearMiss.Find(written, tags) is { } meant ? $"did you mean '{meant}'?"
            : tags.Length == 0 ? "add a tag before the steps to repeat" : $"tags: {string.Join(", ", tags)}";
    }

    /// <summary>Warns of a constant voltage that the constant current before it does not lead to.</summary>
    public void CheckHolds(IReadOnlyList<ProtocolStep> steps)
    {
        ProtocolStep? before = null;
        foreach (ProtocolStep step in steps.Where(step => step is not TagMark))
        {
            if (before is ConstantCurrentStep current && step is ConstantVoltageStep hold && current.UntilVolts != hold.Volts)
            {
                string end = current.UntilVolts is { } volts ? FormattableString.Invariant($"ends at {volts} V") : "has no cut-off voltage";
                warnings.Add(new Finding(file, step.At.Line, step.At.Column,
                    FormattableString.Invariant($"{step.Label} holds {hold.Volts} V, but {current.Label} before it {end}"),
                    "make the two voltages equal unless the jump is meant"));
            }

            before = step;
        }
    }

    private int? Refuse(ProtocolStep step, string message, string hint)
    {
        Error(step, message, hint);
        return null;
    }

    private void Error(ProtocolStep step, string message, string hint) =>
        errors.Add(new Finding(file, step.At.Line, step.At.Column, $"{step.Label}: {message}", hint));
}
