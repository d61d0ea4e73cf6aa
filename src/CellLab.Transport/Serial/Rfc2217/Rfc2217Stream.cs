namespace CellLab.Transport.Serial.Rfc2217;

/// <summary>The bytes of the serial line behind a device server.</summary>
internal sealed class Rfc2217Stream(Rfc2217Link link) : DuplexStream
{
    private ReadOnlyMemory<byte> _rest;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty)
        {
            if (link.Data.TryRead(out byte[]? piece))
            {
                _rest = piece;
            }
            else
            {
                await link.Data.WaitToReadAsync(cancellationToken); // throws when nothing more will come
            }
        }

        int count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await link.SendAsync(Telnet.Escape(buffer.Span), cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await link.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
