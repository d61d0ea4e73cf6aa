using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Writing;

/// <summary>The one thread that writes to <c>journal.db</c>: takes all waiting writes, commits them, and only then looks again, so that the
/// number of writes in a commit follows the load.</summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly Database _database;
    private readonly WriteQueue _queue;
    private readonly Committer _committer;
    private readonly Thread _thread;

    /// <param name="database">Becomes the writer's own.</param>
    public JournalWriter(Database database, WriteQueue queue, Committer committer)
    {
        _database = database;
        _queue = queue;
        _committer = committer;
        _thread = new Thread(Run) { IsBackground = true, Name = "journal writer" };
        _thread.Start();
    }

    /// <summary>Returns when the write is durable. Cancelling withdraws a write that still waits; one that is being committed is awaited.</summary>
    public async Task WriteAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        await _queue.AddAsync(write, cancellationToken);
        await using CancellationTokenRegistration registration = cancellationToken.Register(() => write.Withdraw(cancellationToken));
        await write.Done;
    }

    /// <summary>The same for a dedicated thread, which waits here.</summary>
    public void Write(PendingWrite write)
    {
        _queue.AddBlocking(write, CancellationToken.None);
        write.Done.GetAwaiter().GetResult();
    }

    /// <summary>Commits what waits, then ends.</summary>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join();
        _database.Dispose();
    }

    private void Run()
    {
        var batch = new List<PendingWrite>();
        while (_queue.TakeAll(batch))
        {
            batch.RemoveAll(write => !write.TryTake());
            List<PendingWrite> checkpoints = batch.FindAll(write => write.Checkpoint);
            batch.RemoveAll(write => write.Checkpoint);
            if (batch.Count > 0)
            {
                _committer.Commit(batch);
            }

            checkpoints.ForEach(FoldBack);
        }
    }

    /// <summary>What the checkpoint connection could not copy because it came in meanwhile. With nothing left over the next commit starts the
    /// log again at its beginning.</summary>
    private void FoldBack(PendingWrite checkpoint)
    {
        try
        {
            _database.Execute("PRAGMA wal_checkpoint(PASSIVE)");
            checkpoint.Succeed();
        }
        catch (SqliteFaultException fault)
        {
            checkpoint.Fail(fault.ToStorageException());
        }
    }
}
