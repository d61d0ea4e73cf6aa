using CellLab.Core.Records;

namespace CellLab.Storage.Export;

/// <summary>What one pass over the rows tells, small beside them: the steps in order, gaps, corrections of time.</summary>
internal sealed record JobOutline(
    long Rows,
    IReadOnlyDictionary<StepKey, StepFacts> Steps,
    IReadOnlyList<GapFact> Gaps,
    IReadOnlyList<string> TimeCorrections,
    RecordRow? First,
    RecordRow? Last);
