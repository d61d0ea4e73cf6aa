using System.IO.Pipelines;
using CellLab.Transport;

namespace CellLab.TestKit.Wires;

/// <summary>One end of an in-memory wire. Closing it ends both directions, as closing a socket does.</summary>
internal sealed class MemoryStreamPair(PipeReader reader, PipeWriter writer) : DuplexStream
{
    private readonly Stream _in = reader.AsStream();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _in.ReadAsync(buffer, cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        FlushResult result = await writer.WriteAsync(buffer, cancellationToken);
        if (result.IsCompleted)
        {
            throw new IOException("the other side has closed");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await writer.CompleteAsync();
        await reader.CompleteAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
