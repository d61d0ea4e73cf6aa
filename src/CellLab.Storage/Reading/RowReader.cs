using CellLab.Core.Storage;
using CellLab.Storage.Moving;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;

namespace CellLab.Storage.Reading;

/// <summary>Rows of one stream wherever they lie: the job's file first, the tail after it.</summary>
internal sealed class RowReader<TRow>(string folder, RowLayout<TRow> layout, TailIndex index)
{
    private TailReader<TRow>? _tail;

    public IReadOnlyList<TRow> Read(Database database, StreamName name, long firstSequence, int max)
    {
        if (index.Slice(name, firstSequence, max) is not { } slice)
        {
            return [];
        }

        // The tail first: what leaves it after this look is in the job's file already, so nothing can slip through between the two.
        var fromTail = new List<TRow>(slice.Positions.Length);
        Tail(database).Read(name, slice.Positions, fromTail);
        long firstInTail = fromTail.Count > 0 ? layout.SequenceOf(fromTail[0]) : slice.LastSequence + 1;
        if (firstInTail == slice.FirstSequence)
        {
            return fromTail;
        }

        var rows = new List<TRow>((int)(slice.LastSequence - slice.FirstSequence + 1));
        ReadFile(name, slice.FirstSequence, firstInTail - 1, rows);
        rows.AddRange(fromTail);
        return rows;
    }

    public List<(long Position, TRow Row)> ReadAfter(Database database, long position, int max) => Tail(database).ReadAfter(position, max);

    private TailReader<TRow> Tail(Database database) => _tail ??= new TailReader<TRow>(database, layout, index);

    private void ReadFile(StreamName name, long firstSequence, long lastSequence, List<TRow> into)
    {
        using JobFile? file = JobFile.OpenToRead(folder, name.Job);
        file?.Read(layout, name, firstSequence, lastSequence, into);
        if (into.Count != lastSequence - firstSequence + 1)
        {
            throw new StorageException(
                $"{JobFile.PathOf(folder, name.Job)}: {name}: rows {firstSequence} to {lastSequence} should be in this file, {into.Count} are. "
                + "Put the file back from a copy.");
        }
    }
}
