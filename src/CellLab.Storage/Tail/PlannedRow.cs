namespace CellLab.Storage.Tail;

/// <summary>A row with the place it gets in the tail.</summary>
internal readonly record struct PlannedRow<TRow>(long Position, long StreamId, long Sequence, TRow Row);
