namespace CellLab.Storage.Tail;

/// <summary>Rows of a stream by sequence number; those that lie in the tail have a position, they are the last ones.</summary>
internal sealed record TailSlice(long FirstSequence, long LastSequence, long[] Positions)
{
    public long FirstInTail => LastSequence - Positions.Length + 1;
}
