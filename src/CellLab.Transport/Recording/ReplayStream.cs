using System.Threading.Channels;

namespace CellLab.Transport.Recording;

internal sealed class ReplayStream(Uri address, IReadOnlyList<WireEntry> conversation) : DuplexStream
{
    private readonly Channel<bool> _moved = Channel.CreateUnbounded<bool>(); // not a semaphore: one that is disposed while somebody waits lets him wait for ever
    private readonly Lock _lock = new();
    private int _entry;
    private int _offset;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (TryTake(buffer.Span, out int count))
            {
                return count;
            }

            // what comes next was sent by us: wait until it is sent again
            if (!await _moved.Reader.WaitToReadAsync(cancellationToken))
            {
                return 0;
            }

            _moved.Reader.TryRead(out _);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ReadOnlySpan<byte> left = buffer.Span;
        lock (_lock)
        {
            while (!left.IsEmpty)
            {
                left = left[MatchNext(left)..];
            }
        }

        _moved.Writer.TryWrite(true);
        return ValueTask.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _moved.Writer.TryComplete();
        }

        base.Dispose(disposing);
    }

    private bool TryTake(Span<byte> buffer, out int count)
    {
        lock (_lock)
        {
            count = 0;
            if (_entry == conversation.Count)
            {
                return true; // the recorded connection ended here
            }

            if (conversation[_entry].Event == WireEvent.Sent)
            {
                return false;
            }

            ReadOnlySpan<byte> rest = conversation[_entry].Bytes.Span[_offset..];
            count = Math.Min(rest.Length, buffer.Length);
            rest[..count].CopyTo(buffer);
            Advance(count);
            return true;
        }
    }

    private int MatchNext(ReadOnlySpan<byte> sent)
    {
        if (_entry == conversation.Count || conversation[_entry].Event != WireEvent.Sent)
        {
            throw Mismatch("bytes were sent where none were sent in the recording");
        }

        ReadOnlySpan<byte> expected = conversation[_entry].Bytes.Span[_offset..];
        int count = Math.Min(expected.Length, sent.Length);
        if (!expected[..count].SequenceEqual(sent[..count]))
        {
            throw Mismatch($"other bytes were sent than in entry {_entry + 1} of the recorded connection");
        }

        Advance(count);
        return count;
    }

    private void Advance(int count)
    {
        _offset += count;
        if (_offset == conversation[_entry].Bytes.Length)
        {
            _entry++;
            _offset = 0;
        }
    }

    private TransportException Mismatch(string message) => new(TransportFault.Mismatch, address, message);
}
