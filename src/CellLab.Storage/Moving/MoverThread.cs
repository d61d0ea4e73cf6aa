using System.Collections.Concurrent;
using CellLab.Core.Storage;
using CellLab.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace CellLab.Storage.Moving;

/// <summary>Runs the mover whenever there is something to move. Trouble (a full disk, a file held by another program) is logged once and tried
/// again later: until then rows stay in the tail, where they are just as safe.</summary>
internal sealed class MoverThread : IDisposable
{
    private readonly IReadOnlyList<IMover> _movers;
    private readonly JournalOptions _options;
    private readonly ILogger _logger;
    private readonly ConcurrentQueue<TaskCompletionSource> _requests = [];
    private readonly AutoResetEvent _signal = new(initialState: true);
    private readonly ITimer _retry;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private bool _inTrouble;

    /// <param name="movers">Become the thread's own.</param>
    /// <param name="wall">For the time until the next try after trouble.</param>
    public MoverThread(IReadOnlyList<IMover> movers, JournalOptions options, TimeProvider wall, ILogger logger)
    {
        _movers = movers;
        _options = options;
        _logger = logger;
        _retry = wall.CreateTimer(_ => Signal(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { IsBackground = true, Name = "journal mover" };
        _thread.Start();
    }

    public void Signal() => _signal.Set();

    /// <summary>Returns when every row stored before the call lies in its job's file.</summary>
    public Task MoveAllAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Enqueue(done);
        Signal();
        return done.Task;
    }

    public void Dispose()
    {
        _stopping = true;
        _retry.Dispose();
        Signal();
        _thread.Join();
        foreach (IMover mover in _movers)
        {
            mover.Dispose();
        }

        _signal.Dispose();
    }

    private void Run()
    {
        while (_signal.WaitOne() && !_stopping)
        {
            List<TaskCompletionSource> requests = TakeRequests();
            try
            {
                while (_movers.Sum(mover => mover.RunOnce(everything: requests.Count > 0)) > 0 && !_stopping)
                {
                }

                requests.ForEach(request => request.SetResult());
                Recovered();
            }
            catch (Exception fault) when (fault is SqliteFaultException or StorageException or IOException)
            {
                Exception told = (fault as SqliteFaultException)?.ToStorageException() ?? fault;
                requests.ForEach(request => request.SetException(told));
                Trouble(told);
            }
        }

        TakeRequests().ForEach(request => request.SetException(new ObjectDisposedException(nameof(Journal))));
    }

    private List<TaskCompletionSource> TakeRequests()
    {
        var taken = new List<TaskCompletionSource>();
        while (_requests.TryDequeue(out TaskCompletionSource? request))
        {
            taken.Add(request);
        }

        return taken;
    }

    private void Trouble(Exception fault)
    {
        if (!_inTrouble)
        {
            Log.MoverInTrouble(_logger, fault, _options.RetryAfter.TotalSeconds);
        }

        _inTrouble = true;
        _retry.Change(_options.RetryAfter, Timeout.InfiniteTimeSpan);
    }

    private void Recovered()
    {
        if (_inTrouble)
        {
            Log.MoverRecovered(_logger);
        }

        _inTrouble = false;
    }
}
