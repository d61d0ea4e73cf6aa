using CellLab.Core.Jobs;

namespace CellLab.Core.Events;

/// <summary>Something that happened, in order and for ever. <paramref name="AtUtc"/> is lab time, <paramref name="WallUtc"/> wall time.
/// <paramref name="Number"/> is given by the journal.</summary>
public sealed record JobEvent(
    long Number, DateTimeOffset AtUtc, DateTimeOffset WallUtc, JobId? Job, string? Device, string Kind, string Text, string? DataJson = null);
