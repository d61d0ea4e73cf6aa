using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;

namespace CellLab.Storage.Moving;

/// <summary>Reads rows of the tail by position.</summary>
internal sealed class TailReader<TRow>(Database database, RowLayout<TRow> layout, TailIndex index)
{
    private readonly Statement _one = database.Prepare($"SELECT seq, {layout.Columns} FROM {layout.Tail} WHERE position = ?");
    private readonly Statement _range =
        database.Prepare($"SELECT position, stream_id, seq, {layout.Columns} FROM {layout.Tail} WHERE position > ? ORDER BY position LIMIT ?");

    /// <summary>Rows at these positions in one snapshot. Some at the front may be missing: they have left for the job's file.</summary>
    public void Read(StreamName name, long[] positions, List<TRow> into)
    {
        database.Execute("BEGIN");
        try
        {
            foreach (long position in positions)
            {
                _one.Bind(1, position);
                if (_one.Step())
                {
                    into.Add(layout.Read(_one, 1, name, _one.Integer(0)));
                    _one.Reset();
                }
            }
        }
        finally
        {
            database.Execute("COMMIT");
        }
    }

    public List<(long Position, TRow Row)> ReadAfter(long position, int max)
    {
        var rows = new List<(long Position, TRow Row)>();
        _range.Bind(1, position);
        _range.Bind(2, max);
        while (_range.Step())
        {
            StreamName name = index.NameOf(_range.Integer(1));
            rows.Add((_range.Integer(0), layout.Read(_range, 3, name, _range.Integer(2))));
        }

        return rows;
    }
}
