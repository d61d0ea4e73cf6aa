namespace CellLab.Storage.Tail;

/// <summary>What is known of one stream: its rows up to <see cref="MovedSequence"/> lie in the job's file, the last
/// <c>Positions.Count</c> rows (some of them moved already) in the tail.</summary>
internal sealed class StreamTail(long id, StreamName name)
{
    public long Id { get; } = id;

    public StreamName Name { get; } = name;

    public long LastSequence { get; set; }

    public long MovedSequence { get; set; }

    /// <summary>The durable copy of <see cref="MovedSequence"/>.</summary>
    public long SavedMovedSequence { get; set; }

    public bool JobEnded { get; set; }

    public PositionRing Positions { get; } = new();

    public long FirstInTail => LastSequence - Positions.Count + 1;

    public long Unmoved => LastSequence - MovedSequence;

    public long? OldestUnmovedPosition => Unmoved > 0 ? Positions[(int)(MovedSequence + 1 - FirstInTail)] : null;

    /// <summary>Positions of the rows with these sequence numbers, as far as they lie in the tail.</summary>
    public long[] PositionsOf(long firstSequence, long lastSequence)
    {
        long first = Math.Max(firstSequence, FirstInTail);
        long last = Math.Min(lastSequence, LastSequence);
        var positions = new long[Math.Max(0, last - first + 1)];
        for (int index = 0; index < positions.Length; index++)
        {
            positions[index] = Positions[(int)(first - FirstInTail) + index];
        }

        return positions;
    }
}
