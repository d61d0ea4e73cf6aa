using CellLab.Core.Records;

namespace CellLab.Storage.Tail;

/// <summary>A row with the place it gets in the tail.</summary>
internal readonly record struct PlannedRow(long Position, long StreamId, RecordRow Row);
