using System.Globalization;
using System.Xml.Linq;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Safety;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Keeps with a protocol what its step file says beyond the words of a protocol: what was read is written again, and the difference is the part
/// that goes along, opaque, to the next writer.</summary>
internal static class StepFileKeeper
{
    /// <summary>Capacity for the comparison alone, where the file has none: rates need one.</summary>
    private const double AnyAmpereHours = 1;

    /// <summary>Jumps up to this are numbers of steps; above stand next, stop, protection and end.</summary>
    public const int LastStepJump = 65_000;

    /// <param name="protocol">As read; every step but tags has a part with the number of its step in the file.</param>
    public static Protocol Keep(Protocol protocol, XElement config)
    {
        XElement info = config.Element("Step_Info")!;
        XElement[] original = [.. info.Elements().Where(step => step.Attribute("Step_Type") is not null)];
        CellProgram? program = Compile(protocol);
        var written = Written(protocol, program);
        bool jumps = info.Descendants().Any(condition => IsStepJump(condition.Attribute("Jump_Line")));
        HashSet<int> seen = [];
        ProtocolStep[] steps =
        [
            .. protocol.Steps.Select(step => step.InstrumentPart is { Step: var number }
                ? step with { InstrumentPart = seen.Add(number) ? StepPart(original[number - 1], written.GetValueOrDefault(number), number, jumps) : null }
                : step),
        ];
        return protocol with { Steps = steps, InstrumentPart = WholeTestPart.Of(config, protocol, original[^1]) };
    }

    public static bool IsStepJump(XAttribute? jump) =>
        jump is not null && int.TryParse(jump.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int line) && line <= LastStepJump;

    /// <summary>The limits that the file states, without defaults.</summary>
    public static SafetyLimits Stated(ProtocolLimits limits) => new(
        limits.MaxVolts, limits.MinVolts, limits.MaxAmperes, limits.MinAmperes, limits.MaxAmpereHours, limits.DelaySeconds ?? 0);

    private static InstrumentPart? StepPart(XElement original, XElement? written, int number, bool always)
    {
        XElement plain = Plain(original, written);
        string absent = written is null ? "" : string.Join(' ', StepFileDifference.Absent(written, plain));
        InstrumentPart part = StepFilePart.Of(number, StepFileDifference.Rest(plain, written ?? new XElement("Step")), written, absent);
        return part.IsEmpty && !always ? null : part;
    }

    /// <summary>Without number and kind, and without slopes that became steps of their own.</summary>
    private static XElement Plain(XElement step, XElement? written)
    {
        XElement plain = Unnumbered(step);
        if (written is not null && written.Element("Slope") is null)
        {
            plain.Element("Slope")?.Remove();
        }

        return plain;
    }

    private static XElement Unnumbered(XElement step)
    {
        var plain = new XElement(step) { Name = "Step" };
        plain.SetAttributeValue("Step_ID", null);
        plain.SetAttributeValue("Step_Type", null);
        return plain;
    }

    private static CellProgram? Compile(Protocol protocol) => ProgramCompiler.Compile(
        protocol with { Limits = new ProtocolLimits() },
        null,
        new CompileOptions { ProgramFormat = NewareStepFile.Format, CapacityAmpereHours = protocol.CapacityAmpereHours ?? AnyAmpereHours }).Program;

    /// <summary>What is written for the steps of the file, by their numbers; a step that became several has no slope.</summary>
    private static Dictionary<int, XElement> Written(Protocol protocol, CellProgram? program)
    {
        var all = new Dictionary<int, XElement>();
        if (program is null)
        {
            return all;
        }

        ProtocolStep[] sources = [.. protocol.Steps.Where(step => step is not TagMark)];
        foreach ((ProtocolStep source, ProgramStep step) in sources.Zip(program.Steps))
        {
            int number = source.InstrumentPart!.Step;
            XElement element = Unnumbered(StepFileSteps.One(step with { InstrumentPart = null }, program.NominalCapacityAmpereHours));
            if (!all.TryAdd(number, element))
            {
                all[number].Element("Slope")?.Remove();
            }
        }

        return all;
    }
}
