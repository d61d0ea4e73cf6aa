using System.IO.Ports;

namespace CellLab.Transport.Serial.Named;

/// <summary>Modem lines by System.IO.Ports. Ring is an event there and no state: it reads as inactive.</summary>
internal sealed class PortLines(Uri address, SerialPort port, bool exist) : IModemLines
{
    public bool Exist => exist;

    public ValueTask SetAsync(bool? rts, bool? dtr, CancellationToken cancellationToken)
    {
        Guarded(() =>
        {
            port.RtsEnable = rts ?? port.RtsEnable;
            port.DtrEnable = dtr ?? port.DtrEnable;
            return true;
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<ModemLineState> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Guarded(() => new ModemLineState(
        port.Handshake != Handshake.RequestToSend && port.RtsEnable, port.DtrEnable, port.CtsHolding, port.DsrHolding, port.CDHolding, Ring: false)));

    private T Guarded<T>(Func<T> act)
    {
        if (!exist)
        {
            throw new TransportException(
                TransportFault.BadAddress, address, "has no modem lines (a pseudo-terminal has none); use a serial port for RTS and DTR");
        }

        try
        {
            return act();
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            throw new TransportException(TransportFault.Lost, address, $"modem lines: {error.Message}", error);
        }
    }
}
