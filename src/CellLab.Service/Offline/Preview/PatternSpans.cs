using System.Globalization;
using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Service.Offline.Preview;

/// <summary>What one diffraction pattern spans of a half cycle, where that is much: the state in it is smeared then.</summary>
internal static class PatternSpans
{
    private const double LargestShare = 0.10;

    /// <param name="played">The steps as the rehearsal saw them.</param>
    /// <param name="activeMassMilligrams">For the span in mAh/g; null leaves that out.</param>
    public static IEnumerable<Finding> Of(Protocol protocol, CellProgram program, IReadOnlyList<PreviewedStep> played, double? activeMassMilligrams)
    {
        ProtocolStep[] sources = [.. protocol.Steps.Where(entry => entry is not TagMark)];
        foreach (OtherInstrumentStep trigger in program.Steps.OfType<OtherInstrumentStep>().Where(TriggerStepReader.IsTrigger))
        {
            double exposure = trigger.Members.TryGetValue("exposure_s", out string? text) && double.TryParse(text, CultureInfo.InvariantCulture, out double seconds) ? seconds : 0;
            (CurrentStep Step, double Share)[] wide =
            [
                .. program.Steps.OfType<CurrentStep>().Where(step => step.Number > trigger.Number)
                    .Select(step => (step, Share: exposure / (played.FirstOrDefault(row => row.Step == step.Number)?.FirstDurationS ?? double.PositiveInfinity)))
                    .Where(pair => pair.Share > LargestShare),
            ];
            if (wide.Length > 0)
            {
                SourcePosition at = sources[trigger.Number - 1].At;
                yield return new Finding(protocol.File, at.Line, at.Column, Text(wide, exposure, activeMassMilligrams), "expose for a shorter time, use a lower rate, or hold the cell for the pattern (policy: hold)");
            }
        }
    }

    private static string Text((CurrentStep Step, double Share)[] wide, double exposure, double? activeMassMilligrams)
    {
        (CurrentStep step, double share) = wide.MaxBy(pair => pair.Share);
        string span = activeMassMilligrams is { } mass ? FormattableString.Invariant($", {Math.Abs(step.CurrentAmperes) * exposure / 3.6 / (mass * 1e-3):0.#} mAh/g") : "";
        return FormattableString.Invariant(
            $"a pattern of {exposure:0.#} s spans more than 10 % of the half cycle in step {string.Join(", ", wide.Select(pair => pair.Step.Number))} (up to {Math.Min(1, share) * 100:0} %{span}): the state of the cell is smeared over it");
    }
}
