using System.Collections.Concurrent;
using CellLab.AutolabBridge.Time;

namespace CellLab.AutolabBridge.Sdk;

/// <summary>The one thread that calls the SDK, in a single-threaded apartment where there are such things. Every piece of work says how long it may
/// take by the wall; <see cref="Overdue"/> tells when it does not come back.</summary>
internal sealed class SdkThread : IDisposable
{
    private readonly BlockingCollection<Work> _queue = [];
    private readonly Thread _thread;
    private double _deadline = double.PositiveInfinity;
    private string _what = "";

    public SdkThread()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "Autolab SDK" };
        EnterApartment(_thread);
        _thread.Start();
    }

    /// <summary>What does not come back; null while all is well.</summary>
    public string? Overdue => WallTime.Seconds > Volatile.Read(ref _deadline) ? Volatile.Read(ref _what) : null;

    /// <param name="seconds">Wall time that it may take.</param>
    public void Post(string what, double seconds, Action work)
    {
        try
        {
            _queue.Add(new Work(what, seconds, work));
        }
        catch (InvalidOperationException)
        {
            // the program ends; what it had to do at the instrument has been posted before
        }
    }

    /// <summary>From within work: from now on this may take so long.</summary>
    public void Expect(string what, double seconds)
    {
        Volatile.Write(ref _what, what);
        Volatile.Write(ref _deadline, WallTime.Seconds + seconds);
    }

    /// <summary>Ends when the work under way has come back; a thread that never does is left behind.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        if (_thread.Join(TimeSpan.FromSeconds(5)))
        {
            _queue.Dispose();
        }
    }

    private void Run()
    {
        foreach (Work work in _queue.GetConsumingEnumerable())
        {
            Expect(work.What, work.Seconds);
            work.Action();
            Volatile.Write(ref _deadline, double.PositiveInfinity);
        }
    }

    private static void EnterApartment(Thread thread)
    {
#if NET472
        thread.SetApartmentState(ApartmentState.STA);
#else
        thread.TrySetApartmentState(OperatingSystem.IsWindows() ? ApartmentState.STA : ApartmentState.Unknown);
#endif
    }

    private sealed record Work(string What, double Seconds, Action Action);
}
