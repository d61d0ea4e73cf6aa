using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Samples;

namespace CellLab.Storage.Export;

/// <summary>A job with everything the journal knows beside its rows.</summary>
/// <param name="Sample">The version the job was submitted with; null when it is not in the journal.</param>
internal sealed record ExportSubject(
    Job Job, Sample? Sample, IReadOnlyList<Segment> Segments, IReadOnlyList<Alarm> Alarms, IReadOnlyList<JobEvent> Events,
    IReadOnlyList<CompanionFacts> Companions)
{
    public Segment? LastSegment => Segments.Count > 0 ? Segments[^1] : null;
}
