using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Storage.Schema;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;

namespace CellLab.Storage.Moving;

/// <summary>Reads rows of the tail by position.</summary>
internal sealed class TailReader(Database database, TailIndex index)
{
    private readonly Statement _one = database.Prepare($"SELECT seq, {RecordColumns.Names} FROM tail WHERE position = ?");
    private readonly Statement _range =
        database.Prepare($"SELECT position, stream_id, seq, {RecordColumns.Names} FROM tail WHERE position > ? ORDER BY position LIMIT ?");

    /// <summary>Rows at these positions in one snapshot. Some at the front may be missing: they have left for the job's file.</summary>
    public void Read(StreamName name, long[] positions, List<RecordRow> into)
    {
        database.Execute("BEGIN");
        try
        {
            foreach (long position in positions)
            {
                _one.Bind(1, position);
                if (_one.Step())
                {
                    into.Add(RecordColumns.Read(_one, 1, name.Job, name.Stream, _one.Integer(0)));
                    _one.Reset();
                }
            }
        }
        finally
        {
            database.Execute("COMMIT");
        }
    }

    public List<PositionedRow> ReadAfter(long position, int max)
    {
        var rows = new List<PositionedRow>();
        _range.Bind(1, position);
        _range.Bind(2, max);
        while (_range.Step())
        {
            StreamName name = index.NameOf(_range.Integer(1));
            rows.Add(new PositionedRow(_range.Integer(0), RecordColumns.Read(_range, 3, name.Job, name.Stream, _range.Integer(2))));
        }

        return rows;
    }
}
