using System.Runtime.InteropServices;

namespace CellLab.Transport.Native;

/// <summary>Reads and writes a non-blocking terminal. A terminal whose other side is gone (adapter pulled out, simulator ended) faults; it
/// has no end of stream.</summary>
internal sealed class DescriptorStream(DescriptorHandle descriptor) : DuplexStream
{
    private readonly DescriptorWatch _watch = DescriptorReactor.Shared.Watch(descriptor);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryRead(buffer.Span, out int count))
            {
                return count;
            }

            await _watch.ReadableAsync(cancellationToken);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = TryWrite(buffer.Span);
            buffer = buffer[count..];
            if (count == 0)
            {
                await _watch.WritableAsync(cancellationToken);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watch.Dispose();
            descriptor.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>False when there is nothing to read now.</summary>
    private unsafe bool TryRead(Span<byte> buffer, out int count)
    {
        fixed (byte* start = buffer)
        {
            count = (int)LibC.Read(descriptor, start, buffer.Length);
        }

        return count switch
        {
            > 0 => true,
            0 when buffer.Length == 0 => true,
            0 => throw new IOException("the line is gone (adapter pulled out, or the instrument's side closed)"),
            _ => IsRetry() ? false : throw Failed(),
        };
    }

    private unsafe int TryWrite(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            int count = (int)LibC.Write(descriptor, start, buffer.Length);
            return count >= 0 ? count : IsRetry() ? 0 : throw Failed();
        }
    }

    private static bool IsRetry() => Marshal.GetLastPInvokeError() is LibC.ErrorAgain or LibC.ErrorInterrupted;

    private static IOException Failed() => Marshal.GetLastPInvokeError() is LibC.ErrorInputOutput or LibC.ErrorNoDevice
        ? new IOException("the line is gone (adapter pulled out, or the instrument's side closed)")
        : new IOException(LibC.LastErrorText());
}
