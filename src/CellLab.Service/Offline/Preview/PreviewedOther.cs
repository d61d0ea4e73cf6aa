using CellLab.Core.Programs;

namespace CellLab.Service.Offline.Preview;

/// <summary>A step that another instrument or a person does.</summary>
/// <param name="Needs">The role in the pipeline (<c>eis</c>, <c>ms</c>, <c>xrd</c>) or <c>person</c>.</param>
/// <param name="ExpectedS">How long one pass takes, an estimate; null when nobody can tell.</param>
/// <param name="SplitsProgram">The cycler's program ends before it; otherwise it runs beside a cycler that goes on.</param>
/// <param name="Cell">What the cell does in it.</param>
public sealed record PreviewedOther(int Step, string Block, string Kind, string Needs, double? ExpectedS, int Passes, bool SplitsProgram, string Cell)
{
    internal static IReadOnlyList<PreviewedOther> Of(CellProgram program, IReadOnlyList<PreviewedStep> played) =>
    [
        .. program.Steps.OfType<OtherInstrumentStep>().Select(step => new PreviewedOther(
            step.Number, step.Block, step.Kind, step.Role, step.ExpectedSeconds, played.FirstOrDefault(row => row.Step == step.Number)?.Passes ?? 0, step.StopsCycler, step.CellText)),
    ];
}
