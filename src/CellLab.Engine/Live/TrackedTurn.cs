using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Safety;

namespace CellLab.Engine.Live;

/// <summary>What a turn means for a job: rows to store, the segment as it stands after them, what has to be told, and what has to be acted on.</summary>
internal sealed record TrackedTurn(
    IReadOnlyList<RecordRow> Rows,
    Segment Segment,
    IReadOnlyList<(string Kind, string Text)> Events,
    IReadOnlyList<GuardFinding> Findings);
