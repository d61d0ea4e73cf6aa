namespace CellLab.Storage.Writing;

/// <summary>The last numbers given out: tail positions, streams, events, audit entries.</summary>
internal readonly record struct Numbers(long Position, long Stream, long Event, long Audit);
