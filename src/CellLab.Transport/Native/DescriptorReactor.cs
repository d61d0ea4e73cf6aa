using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace CellLab.Transport.Native;

/// <summary>One thread for the whole process that waits for all descriptors at once (epoll), so that a blocked read costs no thread and ends
/// at once when it is cancelled. Closing a descriptor takes it out by itself.</summary>
internal sealed class DescriptorReactor
{
    private const int Add = 1;
    private const int Modify = 3;
    private const int Most = 64;

    private static readonly Lazy<DescriptorReactor> s_shared = new(() => new DescriptorReactor());

    private readonly ConcurrentDictionary<ulong, DescriptorWatch> _watches = new();
    private readonly int _epoll;
    private ulong _lastId;

    private DescriptorReactor()
    {
        _epoll = LibC.CreateEpoll(LibC.CloseOnExec);
        if (_epoll < 0)
        {
            throw new IOException($"the system gives no event queue: {LibC.LastErrorText()}");
        }

        new Thread(Run) { IsBackground = true, Name = "serial lines" }.Start();
    }

    public static DescriptorReactor Shared => s_shared.Value;

    public DescriptorWatch Watch(DescriptorHandle descriptor)
    {
        // Numbers of descriptors are used again, ours are not: a late event of a closed line finds nobody.
        ulong id = Interlocked.Increment(ref _lastId);
        var watch = new DescriptorWatch(this, id, descriptor);
        _watches[id] = watch;
        Control(Add, descriptor, 0, id);
        return watch;
    }

    public void Arm(DescriptorHandle descriptor, uint events, ulong id) => Control(Modify, descriptor, events | EpollEvent.OneShot, id);

    public void Forget(ulong id) => _watches.TryRemove(id, out _);

    private unsafe void Control(int operation, DescriptorHandle descriptor, uint events, ulong id)
    {
        byte* watched = stackalloc byte[16];
        EpollEvent.Write(new Span<byte>(watched, 16), events, id);
        if (LibC.ControlEpoll(_epoll, operation, descriptor, watched) != 0)
        {
            throw new IOException($"the line cannot be watched: {LibC.LastErrorText()}");
        }
    }

    private unsafe void Run()
    {
        byte* events = stackalloc byte[16 * Most];
        while (true)
        {
            int count = LibC.WaitEpoll(_epoll, events, Most, -1);
            if (count < 0 && Marshal.GetLastPInvokeError() != LibC.ErrorInterrupted)
            {
                return; // only a closed queue does that, and it is never closed
            }

            for (int i = 0; i < count; i++)
            {
                (uint what, ulong id) = EpollEvent.Read(new ReadOnlySpan<byte>(events + (i * EpollEvent.Size), EpollEvent.Size));
                if (_watches.TryGetValue(id, out DescriptorWatch? watch))
                {
                    watch.Signal(what);
                }
            }
        }
    }
}
