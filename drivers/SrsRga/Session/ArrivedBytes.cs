using System.Buffers;

namespace CellLab.Drivers.SrsRga.Session;

/// <summary>Bytes that have come and are not yet taken. One side adds, one side takes; whoever takes may look as often as it likes.</summary>
internal sealed class ArrivedBytes
{
    private readonly Lock _gate = new();
    private byte[] _bytes = new byte[4096];
    private int _count;
    private Exception? _end;
    private TaskCompletionSource _news = NewSignal();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Completes when something has been added since the task was taken, or the end has come.</summary>
    public Task News
    {
        get
        {
            lock (_gate)
            {
                return _news.Task;
            }
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_count + bytes.Length > _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _count + bytes.Length));
            }

            bytes.CopyTo(_bytes.AsSpan(_count));
            _count += bytes.Length;
            Signal_NeedsGate();
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void End(Exception reason)
    {
        lock (_gate)
        {
            _end = reason;
            Signal_NeedsGate();
        }
    }

    /// <summary>Takes one whole answer off the front; false leaves everything as it is.</summary>
    /// <exception cref="Exception">The reason of the end, when the answer is not whole and nothing more comes.</exception>
    public bool TryTake<T>(RgaLink.AnswerReader<T> read, out T answer)
    {
        lock (_gate)
        {
            var buffer = new ReadOnlySequence<byte>(_bytes, 0, _count);
            if (read(ref buffer, out answer))
            {
                Remove_NeedsGate(_count - (int)buffer.Length);
                return true;
            }

            return _end is null ? false : throw _end;
        }
    }

    /// <summary>Throws all away; returns how many they were.</summary>
    /// <exception cref="Exception">The reason of the end.</exception>
    public int Clear()
    {
        lock (_gate)
        {
            int cleared = _count;
            _count = 0;
            return _end is null ? cleared : throw _end;
        }
    }

    private void Remove_NeedsGate(int taken)
    {
        _count -= taken;
        Buffer.BlockCopy(_bytes, taken, _bytes, 0, _count);
    }

    private void Signal_NeedsGate()
    {
        TaskCompletionSource news = _news;
        _news = NewSignal();
        news.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
