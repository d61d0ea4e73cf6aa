using CellLab.Transport.Native;

namespace CellLab.Transport.Serial;

/// <summary>Opens <c>serial:///dev/ttyUSB0?baud=28800&amp;flow=rts-cts</c> on Linux; see <see cref="SerialSettings"/>. A port has one user: a
/// second opening, also by another program that keeps to the usual lock, is refused.</summary>
public sealed class SerialConnector : IConnector
{
    private const nuint TakeForOneself = 0x540C;

    public Task<IConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SerialPorts.RequirePath(address);
        if (!OperatingSystem.IsLinux())
        {
            throw new TransportException(
                TransportFault.BadAddress, address,
                "serial lines of this build work on Linux only; use a build with the named packages (System.IO.Ports), or a serial device server over TCP");
        }

        SerialSettings settings = SerialSettings.Of(address);
        DescriptorHandle descriptor = SerialPorts.OpenLocked(address);
        try
        {
            bool pseudo = SerialPorts.IsPseudoTerminal(address.LocalPath);
            Take(descriptor, pseudo);
            string? refused = Configure(address, descriptor, settings);
            if (refused is not null && !pseudo)
            {
                throw new TransportException(TransportFault.BadAddress, address, $"the port does not take these settings: {refused}");
            }

            return Task.FromResult<IConnection>(Connect(address, descriptor, settings));
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    private static SerialConnection Connect(Uri address, DescriptorHandle descriptor, SerialSettings settings)
    {
        var connection = new SerialConnection(address, descriptor);
        if (connection.OwnLines.Exist)
        {
            connection.OwnLines.Set(settings.Flow == SerialFlow.RtsCts ? null : settings.Rts, settings.Dtr);
        }

        return connection;
    }

    private static unsafe void Take(DescriptorHandle descriptor, bool pseudo)
    {
        // On a pseudo-terminal the mark would stay after us, since the other side keeps it open.
        if (!pseudo)
        {
            _ = LibC.Control(descriptor, TakeForOneself, null);
        }
    }

    private static string? Configure(Uri address, DescriptorHandle descriptor, SerialSettings settings)
    {
        try
        {
            return Termios.Apply(descriptor, settings);
        }
        catch (IOException e)
        {
            throw new TransportException(TransportFault.BadAddress, address, $"is not a serial line: {e.Message}", e);
        }
    }
}
