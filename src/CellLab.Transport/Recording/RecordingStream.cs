namespace CellLab.Transport.Recording;

internal sealed class RecordingStream(IConnection connection, RecordingConnector recorder) : DuplexStream
{
    private bool _closed;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await connection.Stream.ReadAsync(buffer, cancellationToken);
        if (count > 0)
        {
            recorder.Write(WireEvent.Received, buffer[..count]);
        }

        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        recorder.Write(WireEvent.Sent, buffer);
        await connection.Stream.WriteAsync(buffer, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_closed)
        {
            _closed = true;
            recorder.Write(WireEvent.Closed, default);
            await connection.DisposeAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
