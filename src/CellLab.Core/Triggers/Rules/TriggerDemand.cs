namespace CellLab.Core.Triggers.Rules;

/// <summary>A pattern is due.</summary>
/// <param name="Conditions">Ids of all conditions that became true with this sample.</param>
/// <param name="At">Where the first of them became true; the requested state.</param>
/// <param name="Sample">The sample that showed it.</param>
public sealed record TriggerDemand(IReadOnlyList<string> Conditions, TriggerSpec Spec, CellPoint At, CellPoint Sample);
