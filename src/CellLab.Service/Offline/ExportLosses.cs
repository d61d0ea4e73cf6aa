using CellLab.Core.Documents;
using CellLab.Core.Protocols;

namespace CellLab.Service.Offline;

/// <summary>What a protocol says and another program's format has no place for.</summary>
internal static class ExportLosses
{
    private static IEnumerable<Finding> Periods(Protocol protocol)
    {
        if (protocol.Steps.FirstOrDefault(step => step.PeriodSeconds is { } period && period != protocol.Record.IntervalSeconds) is { } step)
        {
            yield return new Finding(protocol.File, step.At.Line, step.At.Column, "not carried over: recording intervals of single steps");
        }
    }

    /// <summary>A step file has numbers where a protocol has names.</summary>
    public static IEnumerable<Finding> Neware(Protocol protocol)
    {
        foreach (Finding finding in Periods(protocol))
        {
            yield return finding;
        }

        string[] blocks = [.. protocol.Steps.OfType<LoopBack>().Select(loop => loop.TargetTag).OfType<string>().Distinct()];
        if (blocks.Length > 0)
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
        foreach (Finding finding in Periods(protocol))
        {
            yield return finding;
        }

        foreach (ConstantCurrentStep step in protocol.Steps.OfType<ConstantCurrentStep>().Where(step => step.UntilVolts == 0))
        {
            yield return new Finding(protocol.File, step.At.Line, step.At.Column, $"{step.Label}: other programs take its cut-off of 0 V for none", "use a cut-off such as 0.001 V");
        }
    }

    private static Finding Lost(Protocol protocol, string what, string hint) => new(protocol.File, 0, 0, $"not carried over: {what}", hint);
}
