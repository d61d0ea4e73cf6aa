using CellLab.Core.Documents;
using CellLab.Core.Protocols;
using CellLab.Drivers.Neware.StepFile;

namespace CellLab.Service.Offline;

/// <summary>What a protocol says and another program's format has no place for.</summary>
internal static class ExportLosses
{
    /// <summary>What only somebody who watches the test can decide: exits of repeats, a measured base, a rest that has settled.</summary>
    private static IEnumerable<Finding> Decisions(Protocol protocol)
    {
        foreach (LoopBack loop in protocol.Steps.OfType<LoopBack>().Where(loop => loop.Exits is not null))
        {
            yield return At(protocol, loop, $"not carried over: that the repeat '{loop.BlockName ?? loop.TargetTag}' ends on a condition ({loop.Exits}): it runs all {loop.Passes} passes",
                "run the protocol from CellLab, which watches and ends it, or lower the passes");
        }

        if (protocol.MeasuredIn is { } measured)
        {
            yield return new Finding(protocol.File, measured.At.Line, measured.At.Column,
                $"not carried over: that the rates follow from the capacity measured in '{measured.Block}': they follow from the nominal one");
        }

        foreach (OpenCircuitStep rest in protocol.Steps.OfType<OpenCircuitStep>().Where(rest => rest.UntilVoltsPerSecond is not null))
        {
            yield return At(protocol, rest, $"not carried over: {rest.Label}: that it ends when the voltage hardly moves: it lasts its whole time");
        }
    }

    private static IEnumerable<Finding> CapacityEnds(Protocol protocol) => protocol.Steps.Where(step => step.UntilCapacity is not null)
        .Select(step => At(protocol, step, $"not carried over: {step.Label}: its end at a capacity", "its other ends remain; lower the time if the charge matters"));

    /// <summary>PyBaMM strings: a period a step, no other condition.</summary>
    public static IEnumerable<Finding> PyBamm(Protocol protocol) => [.. Decisions(protocol), .. CapacityEnds(protocol), .. InstrumentPartLosses.All(protocol)];

    /// <summary>A step file has numbers where a protocol has names.</summary>
    public static IEnumerable<Finding> Neware(Protocol protocol)
    {
        foreach (Finding finding in Decisions(protocol))
        {
            yield return finding;
        }

        string[] blocks = [.. protocol.Steps.OfType<LoopBack>().Select(loop => loop.TargetTag).OfType<string>().Distinct()];
        bool isAgain = protocol.InstrumentPart is { Format: NewareStepFile.Format }; // its blocks got their names when it was read
        if (blocks.Length > 0 && !isAgain)
        {
            yield return Lost(protocol, $"the names of the blocks ({string.Join(", ", blocks)}): a step file has step numbers", "keep the protocol beside the step file");
        }

        if (protocol.Steps.FirstOrDefault(step => step.Id is not null) is { } named)
        {
            yield return new Finding(protocol.File, named.At.Line, named.At.Column, "not carried over: the ids of steps");
        }
    }

    /// <summary>What a unicycler file reads back as something else.</summary>
    public static IEnumerable<Finding> Unicycler(Protocol protocol)
    {
        foreach (Finding finding in (IEnumerable<Finding>)[.. Decisions(protocol), .. CapacityEnds(protocol), .. InstrumentPartLosses.All(protocol)])
        {
            yield return finding;
        }

        foreach (ConstantCurrentStep step in protocol.Steps.OfType<ConstantCurrentStep>().Where(step => step.UntilVolts == 0))
        {
            yield return new Finding(protocol.File, step.At.Line, step.At.Column, $"{step.Label}: other programs take its cut-off of 0 V for none", "use a cut-off such as 0.001 V");
        }
    }

    private static Finding At(Protocol protocol, ProtocolStep step, string message, string? hint = null) => new(protocol.File, step.At.Line, step.At.Column, message, hint);

    private static Finding Lost(Protocol protocol, string what, string hint) => new(protocol.File, 0, 0, $"not carried over: {what}", hint);
}
