using System.IO.Ports;
using CellLab.Transport.Native;

namespace CellLab.Transport.Serial.Named;

/// <summary>The bytes of a port. A read of the package is never cancelled: on Windows it does not end, on Linux it may lose what it has just
/// read. It stays out instead, and the next reader gets what it brings. After a loss the package would take requests and never answer them, so
/// everything faults here from then on.</summary>
internal sealed class PortStream(SerialPort port, DescriptorHandle? claim) : DuplexStream
{
    private readonly byte[] _buffer = new byte[4096];
    private Task<int>? _reading;
    private int _from;
    private int _filled;
    private volatile bool _lost;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_from == _filled)
        {
            await FillAsync(cancellationToken);
        }

        int count = Math.Min(buffer.Length, _filled - _from);
        _buffer.AsMemory(_from, count).CopyTo(buffer);
        _from += count;
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfLost();
        byte[] copy = buffer.ToArray(); // a cancelled write may still be under way on Windows
        await GuardAsync(port.BaseStream.WriteAsync(copy, 0, copy.Length, cancellationToken).WaitAsync(cancellationToken));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _lost = true;
            port.Dispose();
            claim?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        ThrowIfLost();
        _reading ??= port.BaseStream.ReadAsync(_buffer, 0, _buffer.Length, CancellationToken.None);
        await GuardAsync(_reading.WaitAsync(cancellationToken));
        (_from, _filled) = (0, await _reading);
        _reading = null;
    }

    private async Task GuardAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            _lost = true;
            throw new IOException("the port is gone: " + error.Message, error);
        }
    }

    private void ThrowIfLost()
    {
        if (_lost)
        {
            throw new IOException("the port is gone");
        }
    }
}
