using CellLab.Core.Jobs;
using CellLab.Core.Time;
using CellLab.Storage.Moving;
using CellLab.Storage.Reading;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;
using CellLab.Storage.Writing;
using Microsoft.Extensions.Logging;

namespace CellLab.Storage;

/// <summary>The parts of an open journal, put together and taken apart in the right order.</summary>
internal sealed class JournalParts : IDisposable
{
    private readonly JournalOptions _options;
    private readonly FolderLock _lock;
    private readonly MoverThread? _moverThread;
    private readonly LogGauge _log;
    private long _trimSignalledAt;
    private int _disposed;

    private JournalParts(string folder, FolderLock folderLock, Database database, Clocks clocks, ILogger logger, JournalOptions options)
    {
        _options = options;
        _lock = folderLock;
        _log = new LogGauge(options.CheckpointRows);
        options.WriterOpened?.Invoke(database);
        Index = JournalFiles.ReadIndex(database);
        Cursors = new Cursors(database);
        Notices = new CommitNotices(logger);
        Records = new RecordReader(folder, Index);
        Reader = new JournalReader(JournalFiles.Open(folder));
        long trimmed = Cursors["tail"];
        Log.Opened(logger, database.Path, Index.LastPosition - trimmed, Index.LastPosition);
        var committer = new Committer(database, Index, JournalFiles.ReadNumbers(database, Index), Committed);
        Writer = new JournalWriter(database, new WriteQueue(options.QueueCapacity), committer);
        Mover = new Mover(folder, JournalFiles.Open(folder), Index, Writer, _log, trimmed, () => Cursors.Lowest(options.KeepFor), options);
        _moverThread = options.BackgroundMover ? new MoverThread(Mover, options, clocks.Wall, logger) : null;
    }

    public TailIndex Index { get; }

    public Cursors Cursors { get; }

    public CommitNotices Notices { get; }

    public RecordReader Records { get; }

    public JournalReader Reader { get; }

    public JournalWriter Writer { get; }

    public Mover Mover { get; }

    public static JournalParts Open(string folder, Clocks clocks, ILogger logger, JournalOptions options)
    {
        FolderLock folderLock = FolderLock.Take(folder);
        try
        {
            return new JournalParts(folder, folderLock, JournalFiles.OpenToWrite(folder), clocks, logger, options);
        }
        catch (SqliteFaultException fault)
        {
            folderLock.Dispose();
            throw fault.ToStorageException();
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    public Task MoveAllAsync(CancellationToken cancellationToken) => _moverThread is { } thread
        ? thread.MoveAllAsync().WaitAsync(cancellationToken)
        : Task.Factory.StartNew(() => Mover.RunOnce(everything: true), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        if (_moverThread is null)
        {
            Mover.Dispose();
        }

        _moverThread?.Dispose();
        Writer.Dispose();
        Reader.Dispose();
        _lock.Dispose();
    }

    /// <summary>On the writer's thread, after the transaction and before its callers go on.</summary>
    private void Committed(CommitPlan plan)
    {
        foreach ((long id, StreamName name) in plan.NewStreams)
        {
            Index.Add(id, name);
        }

        bool due = plan.Rows.Count > 0 && Index.Append(plan.Rows, _options.MoveRows);
        foreach (Job job in plan.Sound.SelectMany(write => write.Write?.Jobs ?? []))
        {
            Index.MarkEnded(job.Id, IsFinal(job));
            due |= IsFinal(job);
        }

        foreach (CursorMove move in plan.Sound.Select(write => write.Cursor).OfType<CursorMove>())
        {
            Cursors[move.Name] = move.Position;
            due |= IsWorthATrim(move.Position);
        }

        _log.Add(plan.Rows.Count);
        Notices.Tell(plan);
        plan.Sound.ForEach(write => write.Succeed());
        if (due || _log.IsFull)
        {
            _moverThread?.Signal();
        }
    }

    /// <summary>Rows that a cursor has passed may go, but not a few at a time.</summary>
    private bool IsWorthATrim(long position)
    {
        bool worth = position - _trimSignalledAt >= _options.TrimRows;
        _trimSignalledAt = worth ? position : _trimSignalledAt;
        return worth;
    }

    private static bool IsFinal(Job job) => job.State is JobState.Completed or JobState.Failed or JobState.Cancelled;
}
