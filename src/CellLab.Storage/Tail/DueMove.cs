namespace CellLab.Storage.Tail;

/// <summary>Rows of one stream that are to be copied into the job's file.</summary>
internal sealed record DueMove(StreamTail Stream, TailSlice Rows);
