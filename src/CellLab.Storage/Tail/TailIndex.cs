using CellLab.Core.Jobs;

namespace CellLab.Storage.Tail;

/// <summary>Where the rows of every stream lie, in memory: the tail itself has no index by job, which would cost a page a channel and
/// commit. Filled from the tail at the start, kept up to date by the writer after each commit and by the mover. Safe for all threads.</summary>
internal sealed class TailIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<StreamName, StreamTail> _byName = [];
    private readonly Dictionary<long, StreamTail> _byId = [];
    private readonly HashSet<JobId> _ended = [];
    private long _lastPosition;

    /// <summary>Position of the last committed row.</summary>
    public long LastPosition
    {
        get => Interlocked.Read(ref _lastPosition);
        set => Interlocked.Exchange(ref _lastPosition, value);
    }

    public StreamTail Add(long id, StreamName name)
    {
        lock (_gate)
        {
            var stream = new StreamTail(id, name) { JobEnded = _ended.Contains(name.Job) };
            _byName.Add(name, stream);
            _byId.Add(id, stream);
            return stream;
        }
    }

    public StreamTail? Find(StreamName name)
    {
        lock (_gate)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    public StreamName NameOf(long id)
    {
        lock (_gate)
        {
            return _byId[id].Name;
        }
    }

    /// <summary>Takes over committed rows. True when a stream has <paramref name="enough"/> rows to move.</summary>
    public bool Append<TRow>(IReadOnlyList<PlannedRow<TRow>> rows, int enough)
    {
        bool due = false;
        lock (_gate)
        {
            foreach (PlannedRow<TRow> row in rows)
            {
                StreamTail stream = _byId[row.StreamId];
                stream.Positions.Add(row.Position);
                stream.LastSequence = row.Sequence;
                due |= stream.JobEnded || stream.Unmoved >= enough;
            }
        }

        LastPosition = rows[^1].Position;
        return due;
    }

    /// <summary>Puts back one row found in the file at the start.</summary>
    public void Restore(long streamId, long position, long sequence)
    {
        lock (_gate)
        {
            _byId[streamId].Positions.Add(position);
            _byId[streamId].LastSequence = sequence;
        }
    }

    /// <summary>A job that has ended has its rows moved at once; one that is continued waits for a batch again.</summary>
    public void MarkEnded(JobId job, bool ended)
    {
        lock (_gate)
        {
            _ = ended ? _ended.Add(job) : _ended.Remove(job);
            foreach (StreamTail stream in _byName.Values.Where(s => s.Name.Job == job))
            {
                stream.JobEnded = ended;
            }
        }
    }

    /// <summary>Streams with enough unmoved rows, with any when their job has ended, or whose oldest unmoved row is too far behind.</summary>
    public IReadOnlyList<DueMove> Due(int enough, long lagPositions, int most)
    {
        lock (_gate)
        {
            return
            [
                .. from stream in _byName.Values
                   where stream.Unmoved >= enough
                       || (stream.Unmoved > 0 && (stream.JobEnded || stream.OldestUnmovedPosition < LastPosition - lagPositions))
                   let last = Math.Min(stream.LastSequence, stream.MovedSequence + most)
                   select new DueMove(stream, new TailSlice(stream.MovedSequence + 1, last, stream.PositionsOf(stream.MovedSequence + 1, last))),
            ];
        }
    }

    public void MarkMoved(StreamTail stream, long sequence)
    {
        lock (_gate)
        {
            stream.MovedSequence = sequence;
        }
    }

    /// <summary>Highest position up to which every row lies in its job's file.</summary>
    public long MovedUpTo()
    {
        lock (_gate)
        {
            return _byName.Values.Min(s => s.OldestUnmovedPosition) - 1 ?? LastPosition;
        }
    }

    /// <summary>Streams whose moved number is not durable yet.</summary>
    public IReadOnlyList<MovedStream> Unsaved()
    {
        lock (_gate)
        {
            return [.. _byName.Values.Where(s => s.MovedSequence != s.SavedMovedSequence).Select(s => new MovedStream(s, s.MovedSequence))];
        }
    }

    public void MarkSaved(IReadOnlyList<MovedStream> saved)
    {
        lock (_gate)
        {
            foreach (MovedStream moved in saved)
            {
                moved.Stream.SavedMovedSequence = moved.Sequence;
            }
        }
    }

    /// <summary>Forgets the places of rows that are about to leave the tail. Called before they go, so that no reader looks for them there.</summary>
    public void Trim(long position)
    {
        lock (_gate)
        {
            foreach (StreamTail stream in _byName.Values)
            {
                stream.Positions.DropUpTo(position);
            }
        }
    }

    /// <summary>Rows from <paramref name="firstSequence"/> on, at most <paramref name="max"/>; null when there are none.</summary>
    public TailSlice? Slice(StreamName name, long firstSequence, int max)
    {
        lock (_gate)
        {
            if (!_byName.TryGetValue(name, out StreamTail? stream) || firstSequence > stream.LastSequence || max <= 0)
            {
                return null;
            }

            long first = Math.Max(1, firstSequence);
            long last = Math.Min(stream.LastSequence, first + max - 1);
            return new TailSlice(first, last, stream.PositionsOf(first, last));
        }
    }

    /// <summary>The job's streams with their last number and how many rows of them lie in the tail.</summary>
    public IReadOnlyList<(string Stream, long LastSequence, long InTail)> StreamsOf(JobId job)
    {
        lock (_gate)
        {
            return [.. _byName.Values.Where(s => s.Name.Job == job).Select(s => (s.Name.Stream, s.LastSequence, (long)s.Positions.Count))];
        }
    }

    /// <summary>Rows of the stream at or before the position, whether they lie in the tail or not.</summary>
    public long CountUpTo(StreamName name, long position)
    {
        lock (_gate)
        {
            return _byName.TryGetValue(name, out StreamTail? stream)
                ? stream.LastSequence - (stream.Positions.Count - stream.Positions.CountUpTo(position))
                : 0;
        }
    }
}
