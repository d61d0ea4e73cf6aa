using CellLab.Core.Storage;
using CellLab.Storage.Tail;

namespace CellLab.Storage.Writing;

/// <summary>The rows of one kind that a transaction is going to store, with the places they get.</summary>
internal sealed class RowPlan<TRow>(RowLayout<TRow> layout, TailIndex index, RowNumbers numbers)
{
    private readonly Dictionary<StreamName, (long Id, long LastSequence)> _streams = [];

    public RowNumbers Numbers { get; private set; } = numbers;

    public List<PlannedRow<TRow>> Rows { get; } = [];

    public List<(long Id, StreamName Name)> NewStreams { get; } = [];

    /// <exception cref="StorageException">The rows do not follow what is stored and planned; the plan is as it was.</exception>
    public void CheckContiguous(IReadOnlyList<TRow> rows)
    {
        var lasts = new Dictionary<StreamName, long>();
        foreach (TRow row in rows)
        {
            StreamName name = layout.NameOf(row);
            long sequence = layout.SequenceOf(row);
            long last = lasts.TryGetValue(name, out long seen) ? seen : LastSequence(name);
            if (sequence != last + 1)
            {
                throw new StorageException(
                    $"{name}: record {sequence} was given after record {last}; expected {last + 1}. Nothing of this write is stored.");
            }

            lasts[name] = sequence;
        }
    }

    public void Add(IReadOnlyList<TRow> rows)
    {
        foreach (TRow row in rows)
        {
            Add(row);
        }
    }

    private long LastSequence(StreamName name) =>
        _streams.TryGetValue(name, out (long Id, long LastSequence) planned) ? planned.LastSequence : index.Find(name)?.LastSequence ?? 0;

    private void Add(TRow row)
    {
        StreamName name = layout.NameOf(row);
        long sequence = layout.SequenceOf(row);
        long id = _streams.TryGetValue(name, out (long Id, long LastSequence) planned) ? planned.Id : index.Find(name)?.Id ?? AddStream(name);
        _streams[name] = (id, sequence);
        Numbers = Numbers with { Position = Numbers.Position + 1 };
        Rows.Add(new PlannedRow<TRow>(Numbers.Position, id, sequence, row));
    }

    private long AddStream(StreamName name)
    {
        Numbers = Numbers with { Stream = Numbers.Stream + 1 };
        NewStreams.Add((Numbers.Stream, name));
        return Numbers.Stream;
    }
}
