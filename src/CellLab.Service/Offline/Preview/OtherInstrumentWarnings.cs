using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;

namespace CellLab.Service.Offline.Preview;

/// <summary>What a preview of a program with steps of other instruments cannot promise.</summary>
internal static class OtherInstrumentWarnings
{
    /// <param name="forPipeline">A pipeline is chosen: what it lacks is an error already.</param>
    public static IEnumerable<Finding> Of(Protocol protocol, CellProgram program, bool forPipeline)
    {
        OtherInstrumentStep[] steps = [.. program.Steps.OfType<OtherInstrumentStep>()];
        if (steps.Length == 0)
        {
            yield break;
        }

        ProtocolStep[] sources = [.. protocol.Steps.Where(entry => entry is not TagMark)];
        if (!forPipeline)
        {
            SourcePosition at = sources[steps[0].Number - 1].At;
            yield return new Finding(protocol.File, at.Line, at.Column,
                $"step {string.Join(", ", steps.Select(step => step.Number))}: another instrument or a person has to act ({string.Join(", ", steps.Select(step => step.Needs).Distinct())}): a submit refuses the file for a pipeline that lacks it",
                "submit it to a pipeline with these roles");
        }

        foreach (OtherInstrumentStep open in steps.Where(step => step is { ExpectedSeconds: null, StopsCycler: true }))
        {
            SourcePosition place = sources[open.Number - 1].At;
            yield return new Finding(protocol.File, place.Line, place.Column, $"'{open.Kind}': nobody can tell how long it takes: it is not in the finishing date");
        }
    }
}
