using CellLab.Core.Storage;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;
using CellLab.Storage.Writing;

namespace CellLab.Storage.Moving;

/// <summary>One round of moving: due rows into their jobs' files, then out of the tail what the mover and the publisher have passed, then
/// the write-ahead log back into the database. Every step may be the last one before a crash: rows leave the tail only after they are
/// durable in the job's file, and copying twice changes nothing.</summary>
internal sealed class Mover<TRow>(
    string folder, Database database, RowLayout<TRow> layout, TailIndex index, JournalWriter writer, LogGauge log, long trimmedUpTo,
    Func<long> keptUpTo, JournalOptions options)
    : IMover
{
    private readonly TailReader<TRow> _tail = new(database, layout, index);
    private long _trimmedUpTo = trimmedUpTo;

    public long RunOnce(bool everything)
    {
        long copied = 0;
        foreach (DueMove move in index.Due(everything ? 1 : options.MoveRows, options.MoveLagPositions, options.MostMovedAtOnce))
        {
            copied += Copy(move);
            FoldBack(); // many moves take long, and the log goes on growing meanwhile
        }

        TrimTail();
        FoldBack();
        return copied;
    }

    public void Dispose() => database.Dispose();

    private int Copy(DueMove move)
    {
        Before(MoverStep.Copy);
        var rows = new List<TRow>(move.Rows.Positions.Length);
        _tail.Read(move.Stream.Name, move.Rows.Positions, rows);
        if (rows.Count == 0 || layout.SequenceOf(rows[0]) != move.Rows.FirstSequence || layout.SequenceOf(rows[^1]) != move.Rows.LastSequence)
        {
            throw new StorageException(
                $"{database.Path}: {move.Stream.Name}: rows {move.Rows.FirstSequence} to {move.Rows.LastSequence} are not in the tail as noted.");
        }

        using (JobFile file = JobFile.OpenToAppend(folder, move.Stream.Name.Job))
        {
            file.Append(layout, rows);
        }

        Before(MoverStep.Note);
        index.MarkMoved(move.Stream, move.Rows.LastSequence);
        return rows.Count;
    }

    private void TrimTail()
    {
        long upTo = Math.Min(index.MovedUpTo(), keptUpTo());
        IReadOnlyList<MovedStream> moved = index.Unsaved();
        while (upTo > _trimmedUpTo || moved.Count > 0)
        {
            Before(MoverStep.Trim);
            long next = Math.Max(_trimmedUpTo, Math.Min(upTo, _trimmedUpTo + options.TrimRows));
            index.Trim(next);
            writer.Write(new PendingWrite { Trim = new TailTrim(layout.Tail, next, moved) });
            index.MarkSaved(moved);
            moved = [];
            _trimmedUpTo = next;
        }
    }

    private void FoldBack()
    {
        if (!log.IsFull)
        {
            return;
        }

        Before(MoverStep.Checkpoint);
        log.Empty();
        database.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        writer.Write(new PendingWrite { Checkpoint = true });
    }

    private void Before(MoverStep step) => options.BeforeMoverStep?.Invoke(step);
}
