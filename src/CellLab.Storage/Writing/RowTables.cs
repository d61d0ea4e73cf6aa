using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;

namespace CellLab.Storage.Writing;

/// <summary>Stores rows of one kind in their tail and what goes with them.</summary>
internal sealed class RowTables<TRow>(Database database, RowLayout<TRow> layout)
{
    private readonly Statement _stream = database.Prepare($"INSERT INTO {layout.Streams} (id, job, stream) VALUES (?, ?, ?)");
    private readonly Statement _row =
        database.Prepare($"INSERT INTO {layout.Tail} (position, stream_id, seq, {layout.Columns}) VALUES (?, ?, ?, {layout.Marks})");

    private readonly Statement _trim = database.Prepare($"DELETE FROM {layout.Tail} WHERE position <= ?");
    private readonly Statement _trimmed = database.Prepare($"REPLACE INTO cursors VALUES ('{layout.Tail}', ?)"); // keeps positions rising when the tail is empty
    private readonly Statement _moved = database.Prepare($"UPDATE {layout.Streams} SET moved_seq = ? WHERE id = ?");

    public void Store(RowPlan<TRow> plan)
    {
        foreach ((long id, StreamName name) in plan.NewStreams)
        {
            _stream.Bind(1, id);
            _stream.Bind(2, name.Job.Value);
            _stream.Bind(3, name.Stream);
            _stream.Execute();
        }

        foreach (PlannedRow<TRow> row in plan.Rows)
        {
            _row.Bind(1, row.Position);
            _row.Bind(2, row.StreamId);
            _row.Bind(3, row.Sequence);
            layout.Bind(_row, 4, row.Row);
            _row.Execute();
        }
    }

    /// <summary>Does nothing when the trim is of another kind's tail.</summary>
    public void Store(TailTrim trim)
    {
        if (trim.Tail != layout.Tail)
        {
            return;
        }

        foreach (MovedStream moved in trim.Moved)
        {
            _moved.Bind(1, moved.Sequence);
            _moved.Bind(2, moved.Stream.Id);
            _moved.Execute();
        }

        _trim.Bind(1, trim.UpTo);
        _trim.Execute();
        _trimmed.Bind(1, trim.UpTo);
        _trimmed.Execute();
    }
}
