using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Time;
using CellLab.Storage.Archiving;
using CellLab.Storage.Moving;
using CellLab.Storage.Reading;
using CellLab.Storage.Schema;
using CellLab.Storage.Sqlite;
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
    private readonly Dictionary<string, long> _trimSignalledAt = [];
    private int _disposed;

    private JournalParts(string folder, FolderLock folderLock, Database database, Clocks clocks, ILogger logger, JournalOptions options)
    {
        _options = options;
        _lock = folderLock;
        _log = new LogGauge(options.CheckpointRows);
        options.WriterOpened?.Invoke(database);
        Records = new RowPart<RecordRow>(folder, database, RecordLayout.Instance);
        Companions = new RowPart<CompanionRow>(folder, database, CompanionLayout.Instance);
        Cursors = new Cursors(database);
        Notices = new CommitNotices(logger);
        Reader = new JournalReader(JournalFiles.Open(folder));
        Book = new ArchiveBook(database);
        Series = new SeriesReader(folder, Reader, Records.Reader, Book);
        Log.Opened(logger, database.Path, Records.Index.LastPosition - Records.Trimmed, Records.Index.LastPosition);
        Numbers numbers = JournalFiles.ReadNumbers(database, Records.Index, Companions.Index);
        var committer = new Committer(database, Records.Index, Companions.Index, numbers, Committed);
        Writer = new JournalWriter(database, new WriteQueue(options.QueueCapacity), committer);
        Mover = Records.MakeMover(Writer, _log, () => Cursors.Lowest(options.KeepFor), options);
        CompanionMover = Companions.MakeMover(Writer, _log, () => Cursors.Lowest(options.KeepCompanionsFor), options);
        Archives = new JobArchives(new ArchiveParts(folder, Writer, Reader, Records, Companions, MoveAllAsync, Book, clocks, options));
        Archives.Resume(logger);
        _moverThread = options.BackgroundMover ? new MoverThread([Mover, CompanionMover], options, clocks.Wall, logger) : null;
    }

    public RowPart<RecordRow> Records { get; }

    public RowPart<CompanionRow> Companions { get; }

    public Cursors Cursors { get; }

    public CommitNotices Notices { get; }

    public JournalReader Reader { get; }

    public SeriesReader Series { get; }

    public ArchiveBook Book { get; }

    public JobArchives Archives { get; }

    public JournalWriter Writer { get; }

    public IMover Mover { get; }

    public IMover CompanionMover { get; }

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
        : Task.Factory.StartNew(MoveAll, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        if (_moverThread is null)
        {
            Mover.Dispose();
            CompanionMover.Dispose();
        }

        _moverThread?.Dispose();
        Writer.Dispose();
        Series.Dispose();
        Reader.Dispose();
        _lock.Dispose();
    }

    /// <summary>On the writer's thread, after the transaction and before its callers go on.</summary>
    private void Committed(CommitPlan plan)
    {
        List<Job> jobs = [.. plan.Sound.SelectMany(write => write.Write?.Jobs ?? [])];
        bool due = Records.Committed(plan.Records, jobs, _options.MoveRows) | Companions.Committed(plan.Companions, jobs, _options.MoveRows);
        foreach (CursorMove move in plan.Sound.Select(write => write.Cursor).OfType<CursorMove>())
        {
            Cursors[move.Name] = move.Position;
            due |= IsWorthATrim(move);
        }

        _log.Add(plan.Records.Rows.Count + plan.Companions.Rows.Count);
        Notices.Tell(plan);
        plan.Sound.ForEach(write => write.Succeed());
        if (due || _log.IsFull)
        {
            _moverThread?.Signal();
        }
    }

    /// <summary>Rows that a cursor has passed may go, but not a few at a time.</summary>
    private bool IsWorthATrim(CursorMove move)
    {
        bool worth = move.Position - _trimSignalledAt.GetValueOrDefault(move.Name) >= _options.TrimRows;
        if (worth)
        {
            _trimSignalledAt[move.Name] = move.Position;
        }

        return worth;
    }

    private void MoveAll()
    {
        Mover.RunOnce(everything: true);
        CompanionMover.RunOnce(everything: true);
    }
}
