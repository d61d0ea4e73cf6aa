using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CellLab.Core.Programs;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Whether the parts that came from a step file can be written into this program: they are XML, and conditions that jump to a step find it under
/// the number that it had.</summary>
internal static class StepFilePartCheck
{
    public static IEnumerable<string> Problems(CellProgram program)
    {
        foreach ((string where, InstrumentPart part) in Parts(program))
        {
            if (part.Format != NewareStepFile.Format && part.Deciding is not null)
            {
                yield return $"{where}: it carries {part.DecidingText} of a {part.FormatName} program, which a NEWARE channel cannot carry out";
            }
            else if (part.Format == NewareStepFile.Format && Broken(part) is { } broken)
            {
                yield return $"{where}: its instrument part is no XML: {broken}";
            }
            else if (part.Format == NewareStepFile.Format)
            {
                foreach (int target in Jumps(part).Where(target => !IsWhereItWas(program, target)).Distinct())
                {
                    yield return $"{where}: its condition jumps to step {target} of the file that it came from, which is not step {target} of this program";
                }
            }
        }
    }

    private static IEnumerable<(string Where, InstrumentPart Part)> Parts(CellProgram program)
    {
        if (program.InstrumentPart is { } whole)
        {
            yield return ("the whole test", whole);
        }

        foreach (ProgramStep step in program.Steps)
        {
            if (step.InstrumentPart is { } part)
            {
                yield return ($"step {step.Number}", part);
            }
        }
    }

    private static string? Broken(InstrumentPart part)
    {
        try
        {
            foreach (string text in new[] { part.Deciding, part.Settings }.OfType<string>())
            {
                _ = XElement.Parse(text);
            }

            return null;
        }
        catch (XmlException broken)
        {
            return broken.Message;
        }
    }

    private static IEnumerable<int> Jumps(InstrumentPart part) => part.Deciding is not { } text ? []
        : XElement.Parse(text).DescendantsAndSelf().Select(element => element.Attribute("Jump_Line")).Where(StepFileKeeper.IsStepJump)
            .Select(jump => int.Parse(jump!.Value, CultureInfo.InvariantCulture));

    /// <summary>The end follows the last step.</summary>
    private static bool IsWhereItWas(CellProgram program, int number)
    {
        int last = program.Steps.Count;
        return number == last + 1 ? program.Steps[last - 1].InstrumentPart?.Step == last
            : number >= 1 && number <= last && program.Steps[number - 1].InstrumentPart?.Step == number;
    }
}
