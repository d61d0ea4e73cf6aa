using CellLab.Core.Events;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Storage.Tail;

namespace CellLab.Storage.Writing;

/// <summary>What one transaction is going to store: every write checked against what is stored and what was planned before it, rows and
/// events numbered. Nothing is changed outside the plan until it has been committed.</summary>
internal sealed class CommitPlan(TailIndex index, Numbers numbers)
{
    private readonly Dictionary<StreamName, (long Id, long LastSequence)> _streams = [];

    public Numbers Numbers { get; private set; } = numbers;

    public List<PendingWrite> Sound { get; } = [];

    public List<PlannedRow> Rows { get; } = [];

    public List<(long Id, StreamName Name)> NewStreams { get; } = [];

    public List<JobEvent> Events { get; } = [];

    public List<AuditEntry> Audit { get; } = [];

    /// <exception cref="StorageException">The write's records do not follow what is stored; the plan is as it was.</exception>
    public void Add(PendingWrite pending)
    {
        if (pending.Write is { } write)
        {
            CheckContiguous(write.Records);
            foreach (RecordRow row in write.Records)
            {
                Add(row);
            }

            foreach (JobEvent item in write.Events)
            {
                Numbers = Numbers with { Event = Numbers.Event + 1 };
                Events.Add(item with { Number = Numbers.Event });
            }

            foreach (AuditEntry entry in write.Audit)
            {
                Numbers = Numbers with { Audit = Numbers.Audit + 1 };
                Audit.Add(entry with { Number = Numbers.Audit });
            }
        }

        Sound.Add(pending);
    }

    private void CheckContiguous(IReadOnlyList<RecordRow> rows)
    {
        var lasts = new Dictionary<StreamName, long>();
        foreach (RecordRow row in rows)
        {
            var name = new StreamName(row.Job, row.Stream);
            long last = lasts.TryGetValue(name, out long seen) ? seen : LastSequence(name);
            if (row.Sequence != last + 1)
            {
                throw new StorageException(
                    $"{name}: record {row.Sequence} was given after record {last}; expected {last + 1}. Nothing of this write is stored.");
            }

            lasts[name] = row.Sequence;
        }
    }

    private long LastSequence(StreamName name) =>
        _streams.TryGetValue(name, out (long Id, long LastSequence) planned) ? planned.LastSequence : index.Find(name)?.LastSequence ?? 0;

    private void Add(RecordRow row)
    {
        var name = new StreamName(row.Job, row.Stream);
        long id = _streams.TryGetValue(name, out (long Id, long LastSequence) planned) ? planned.Id : index.Find(name)?.Id ?? AddStream(name);
        _streams[name] = (id, row.Sequence);
        Numbers = Numbers with { Position = Numbers.Position + 1 };
        Rows.Add(new PlannedRow(Numbers.Position, id, row));
    }

    private long AddStream(StreamName name)
    {
        Numbers = Numbers with { Stream = Numbers.Stream + 1 };
        NewStreams.Add((Numbers.Stream, name));
        return Numbers.Stream;
    }
}
