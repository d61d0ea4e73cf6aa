namespace CellLab.Transport;

/// <summary>The parts of <see cref="Stream"/> that a wire does not have, and the synchronous calls mapped on the asynchronous ones' refusal.</summary>
public abstract class DuplexStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException("A wire has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A wire has no position.");
        set => throw new NotSupportedException("A wire has no position.");
    }

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public abstract override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // Bytes are handed to the system as they are written.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read a wire with ReadAsync.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write a wire with WriteAsync.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A wire cannot seek.");

    public override void SetLength(long value) => throw new NotSupportedException("A wire has no length.");
}
