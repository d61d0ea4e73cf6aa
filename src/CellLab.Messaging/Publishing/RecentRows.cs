using CellLab.Core.Storage;

namespace CellLab.Messaging.Publishing;

/// <summary>What was sent in the last seconds, to be sent once more when the broker has died with it. While there is no connection nothing
/// is forgotten.</summary>
internal sealed class RecentRows(TimeSpan span, int capacity, TimeProvider wall)
{
    private readonly Queue<(long Stamp, PositionedRow Row)> _rows = new();

    public void Add(IReadOnlyList<PositionedRow> rows, bool forget)
    {
        long now = wall.GetTimestamp();
        foreach (PositionedRow row in rows)
        {
            _rows.Enqueue((now, row));
        }

        while (_rows.Count > capacity || (forget && _rows.Count > 0 && wall.GetElapsedTime(_rows.Peek().Stamp, now) > span))
        {
            _rows.Dequeue();
        }
    }

    public IReadOnlyList<PositionedRow> Snapshot() => [.. _rows.Select(entry => entry.Row)];

    public void Clear() => _rows.Clear();
}
