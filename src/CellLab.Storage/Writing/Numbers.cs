namespace CellLab.Storage.Writing;

/// <summary>The last numbers given out: places of both kinds of rows, events, audit entries.</summary>
internal readonly record struct Numbers(RowNumbers Records, RowNumbers Companions, long Event, long Audit);

/// <summary>The last numbers given out for one kind of rows: tail positions and streams.</summary>
internal readonly record struct RowNumbers(long Position, long Stream);
