namespace CellLab.Storage.Tail;

/// <summary>Rows of the stream up to this number are durable in the job's file.</summary>
internal sealed record MovedStream(StreamTail Stream, long Sequence);
