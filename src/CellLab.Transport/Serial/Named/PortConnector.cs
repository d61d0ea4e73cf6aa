using System.IO.Ports;
using CellLab.Transport.Native;

namespace CellLab.Transport.Serial.Named;

/// <summary>Serial ports by System.IO.Ports, on Windows too (<c>serial:///COM3</c>).</summary>
internal sealed class PortConnector : IConnector
{
    public Task<IConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SerialPorts.RequirePath(address);
        SerialSettings settings = SerialSettings.Of(address);
        bool linux = OperatingSystem.IsLinux();
        DescriptorHandle? claim = linux ? SerialPorts.OpenLocked(address) : null; // Windows opens a port once by itself
        bool pseudo = linux && SerialPorts.IsPseudoTerminal(address.LocalPath);
        SerialPort port = Make(OperatingSystem.IsWindows() ? address.LocalPath.TrimStart('/') : address.LocalPath, settings, pseudo);
        try
        {
            port.Open();
            return Task.FromResult<IConnection>(new PortConnection(address, port, claim, hasLines: !pseudo));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            port.Dispose();
            claim?.Dispose();
            throw NotOpened(address, error);
        }
    }

    /// <summary>A pseudo-terminal has no modem lines, and the package opens it only when none is asked for.</summary>
    private static SerialPort Make(string name, SerialSettings settings, bool pseudo) => new(name, settings.Baud)
    {
        DataBits = settings.DataBits,
        Parity = settings.Parity switch { SerialParity.Even => Parity.Even, SerialParity.Odd => Parity.Odd, _ => Parity.None },
        StopBits = settings.StopBits == 2 ? StopBits.Two : StopBits.One,
        Handshake = settings.Flow switch
        {
            SerialFlow.RtsCts => Handshake.RequestToSend,
            SerialFlow.XonXoff => Handshake.XOnXOff,
            _ => Handshake.None,
        },
        DtrEnable = settings.Dtr && !pseudo,
        RtsEnable = settings.Rts && !pseudo && settings.Flow != SerialFlow.RtsCts,
        ReadTimeout = SerialPort.InfiniteTimeout,
        WriteTimeout = SerialPort.InfiniteTimeout,
    };

    /// <summary>On Linux who may use the port has been settled by the lock before.</summary>
    private static TransportException NotOpened(Uri address, Exception error) => error switch
    {
        UnauthorizedAccessException when !OperatingSystem.IsLinux() => new TransportException(
            TransportFault.Refused, address, $"the port is in use by another program, or there is no permission to use it: {error.Message}", error),
        FileNotFoundException => new TransportException(
            TransportFault.NotFound, address, $"cannot be opened: {error.Message}; is the adapter plugged in?", error),
        _ => new TransportException(
            TransportFault.BadAddress, address, $"is not a serial line, or does not take these settings: {error.GetBaseException().Message}", error),
    };
}
