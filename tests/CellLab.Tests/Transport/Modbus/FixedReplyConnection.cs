using CellLab.Transport;

namespace CellLab.Tests.Transport.Modbus;

/// <summary>Takes everything that is written and gives fixed bytes, then the end of the stream.</summary>
internal sealed class FixedReplyConnection(byte[] reply, Uri? address = null) : IConnection
{
    public Uri Address { get; } = address ?? new Uri("tcp://memory:502");

    public Stream Stream { get; } = new FixedStream(reply);

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    private sealed class FixedStream(byte[] reply) : DuplexStream
    {
        private int _given;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = Math.Min(buffer.Length, reply.Length - _given);
            reply.AsSpan(_given, count).CopyTo(buffer.Span);
            _given += count;
            return ValueTask.FromResult(count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
