using CellLab.Core.Storage;
using CellLab.Storage.Schema;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;

namespace CellLab.Storage.Writing;

/// <summary>Stores rows in the tail and what goes with them.</summary>
internal sealed class RecordTables(Database database)
{
    private readonly Statement _stream = database.Prepare("INSERT INTO streams (id, job, stream) VALUES (?, ?, ?)");
    private readonly Statement _row =
        database.Prepare($"INSERT INTO tail (position, stream_id, seq, {RecordColumns.Names}) VALUES (?, ?, ?, {RecordColumns.Marks})");

    private readonly Statement _stepTime = database.Prepare("REPLACE INTO step_time VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    private readonly Statement _trim = database.Prepare("DELETE FROM tail WHERE position <= ?");
    private readonly Statement _trimmed = database.Prepare("REPLACE INTO cursors VALUES ('tail', ?)"); // keeps positions rising when the tail is empty
    private readonly Statement _moved = database.Prepare("UPDATE streams SET moved_seq = ? WHERE id = ?");

    public void Store(CommitPlan plan)
    {
        foreach ((long id, StreamName name) in plan.NewStreams)
        {
            _stream.Bind(1, id);
            _stream.Bind(2, name.Job.Value);
            _stream.Bind(3, name.Stream);
            _stream.Execute();
        }

        foreach (PlannedRow row in plan.Rows)
        {
            _row.Bind(1, row.Position);
            _row.Bind(2, row.StreamId);
            _row.Bind(3, row.Row.Sequence);
            RecordColumns.Bind(_row, 4, row.Row);
            _row.Execute();
        }
    }

    public void Store(StoredStepTime item)
    {
        _stepTime.Bind(1, item.Job.Value);
        _stepTime.Bind(2, item.Stream);
        _stepTime.Bind(3, item.Segment);
        _stepTime.Bind(4, item.Step.StepCount);
        _stepTime.Bind(5, item.Step.StepId);
        _stepTime.Bind(6, item.Step.StartSeconds);
        _stepTime.Bind(7, item.Step.DurationSeconds);
        _stepTime.Bind(8, item.Step.FirstRecord);
        _stepTime.Bind(9, item.Step.LastRecord);
        _stepTime.Execute();
    }

    public void Store(TailTrim trim)
    {
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
