using System.Collections.Concurrent;

namespace CellLab.Transport.Modbus.Named;

/// <summary>One thread for a library that blocks, and a queue before it.</summary>
internal sealed class BlockingCalls : IDisposable
{
    private readonly BlockingCollection<Action> _calls = [];

    public BlockingCalls(string name) => new Thread(Run) { IsBackground = true, Name = name }.Start();

    public Task<T> RunAsync<T>(Func<T> call)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Add(() => Carry(call, done));
        return done.Task;
    }

    /// <summary>The call in hand is not waited for; whoever closes the wire ends it.</summary>
    public void Dispose() => _calls.CompleteAdding();

#pragma warning disable CA1031 // handed on to the one who waits
    private static void Carry<T>(Func<T> call, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(call());
        }
        catch (Exception error)
        {
            done.SetException(error);
        }
    }
#pragma warning restore CA1031

    private void Run()
    {
        foreach (Action call in _calls.GetConsumingEnumerable())
        {
            call();
        }

        _calls.Dispose();
    }
}
