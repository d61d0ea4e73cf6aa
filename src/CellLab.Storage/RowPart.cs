using CellLab.Core.Jobs;
using CellLab.Storage.Moving;
using CellLab.Storage.Reading;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;
using CellLab.Storage.Writing;

namespace CellLab.Storage;

/// <summary>What an open journal has for one kind of rows.</summary>
internal sealed class RowPart<TRow>
{
    private readonly RowLayout<TRow> _layout;
    private readonly string _folder;

    public RowPart(string folder, Database database, RowLayout<TRow> layout)
    {
        _folder = folder;
        _layout = layout;
        Index = JournalFiles.ReadIndex(database, layout);
        Trimmed = JournalFiles.ReadCursor(database, layout.Tail);
        Reader = new RowReader<TRow>(folder, layout, Index);
    }

    public TailIndex Index { get; }

    public RowReader<TRow> Reader { get; }

    /// <summary>Rows up to this position had left the tail when the journal was opened.</summary>
    public long Trimmed { get; }

    public Mover<TRow> MakeMover(JournalWriter writer, LogGauge log, Func<long> keptUpTo, JournalOptions options) =>
        new(_folder, JournalFiles.Open(_folder), _layout, Index, writer, log, Trimmed, keptUpTo, options);

    /// <summary>Takes over what was committed; true when the mover has something to do.</summary>
    public bool Committed(RowPlan<TRow> plan, IEnumerable<Job> jobs, int moveRows)
    {
        foreach ((long id, StreamName name) in plan.NewStreams)
        {
            Index.Add(id, name);
        }

        bool due = plan.Rows.Count > 0 && Index.Append(plan.Rows, moveRows);
        foreach (Job job in jobs)
        {
            bool ended = job.State is JobState.Completed or JobState.Failed or JobState.Cancelled;
            Index.MarkEnded(job.Id, ended);
            due |= ended;
        }

        return due;
    }
}
