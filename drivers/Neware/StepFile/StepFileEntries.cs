using System.Globalization;
using System.Xml.Linq;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Puts the steps of a file into the entries of a protocol. Every loop gets a tag before the step that it goes back to, because one step of the
/// file may become several entries.</summary>
internal sealed class StepFileEntries(StepFileNotes notes, WholeTest whole)
{
    private const int MaxSteps = 20_000;

    private readonly List<FileLoop> _loops = [];

    public IReadOnlyList<ProtocolStep> Read(XElement info)
    {
        XElement[] steps = [.. info.Elements().Where(step => step.Attribute("Step_Type") is not null)];
        if (!CheckOrder(info, steps))
        {
            return [];
        }

        FindLoops(steps);
        var reader = new StepFileStepReader(notes, whole);
        var entries = new List<ProtocolStep>();
        for (int number = 1; number < steps.Length; number++)
        {
            XElement step = steps[number - 1];
            AddTags(entries, number, step);
            AddStep(entries, number, step, reader);
        }

        if (entries.Count == 0 && notes.Errors.Count == 0)
        {
            notes.Refuse(info, "the file holds no step but its end", "add a step");
        }

        return entries;
    }

    private bool CheckOrder(XElement info, XElement[] steps)
    {
        if (steps.Length > MaxSteps)
        {
            notes.Refuse(info, FormattableString.Invariant($"the file has more than {MaxSteps} steps"), "use loops");
            return false;
        }

        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i].Attribute("Step_ID")?.Value != (i + 1).ToString(CultureInfo.InvariantCulture))
            {
                notes.Refuse(steps[i], $"Step_ID is '{steps[i].Attribute("Step_ID")?.Value}', expected {i + 1}: steps are numbered from 1 in order");
                return false;
            }
        }

        int end = Array.FindIndex(steps, step => StepNode.TypeOf(step) == StepType.End);
        if (end < 0 || end != steps.Length - 1)
        {
            notes.Refuse(end < 0 ? info : steps[end], end < 0 ? "the last step is no end (type 6)" : "the end (type 6) stands before other steps", "exactly the last step has type 6");
            return false;
        }

        return true;
    }

    private void FindLoops(XElement[] steps)
    {
        for (int number = 1; number < steps.Length; number++)
        {
            XElement step = steps[number - 1];
            if (StepNode.TypeOf(step) != StepType.Loop)
            {
                continue;
            }

            XElement? other = step.Element("Limit")?.Element("Other");
            int? first = notes.Count(step, other, "Start_Step");
            int? passes = notes.Count(step, other, "Cycle_Count");
            if (first is { } target && passes is { } count && Allowed(step, number, target))
            {
                _loops.Add(new FileLoop(number, target, count));
            }
        }
    }

    private bool Allowed(XElement step, int number, int target)
    {
        if (target >= number)
        {
            notes.Refuse(step, $"step {number} (loop) goes back to step {target}, which does not lie before it");
            return false;
        }

        if (_loops.Find(loop => loop.First < target && target <= loop.Number) is { } crossed)
        {
            notes.Refuse(step, $"step {number} (loop) goes back to step {target}, inside the loop of step {crossed.Number}: the loops cross", "nest one loop in the other or put them one after the other");
            return false;
        }

        return true;
    }

    private void AddTags(List<ProtocolStep> entries, int number, XElement step)
    {
        foreach (FileLoop loop in _loops.Where(loop => loop.First == number))
        {
            entries.Add(new TagMark(entries.Count + 1, StepFileNotes.PlaceOf(step), null, loop.Tag));
        }
    }

    private void AddStep(List<ProtocolStep> entries, int number, XElement element, StepFileStepReader reader)
    {
        if (StepNode.TypeOf(element) != StepType.Loop)
        {
            entries.AddRange(reader.Read(element, number).Select((step, place) => step with { Entry = entries.Count + 1 + place }).ToArray());
        }
        else if (_loops.Find(loop => loop.Number == number) is { } loop)
        {
            entries.Add(new LoopBack(entries.Count + 1, StepFileNotes.PlaceOf(element), null, loop.Tag, 0, loop.Passes) { InstrumentPart = new InstrumentPart(NewareStepFile.Format, number) });
        }
    }

    /// <summary>Step <paramref name="Number"/> goes back to step <paramref name="First"/>; numbers as in the file.</summary>
    private sealed record FileLoop(int Number, int First, int Passes)
    {
        public string Tag => FormattableString.Invariant($"loop-{Number}");
    }
}
