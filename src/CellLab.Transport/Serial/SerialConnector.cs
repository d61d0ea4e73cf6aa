using System.Runtime.InteropServices;
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
        if (address.Scheme != "serial" || address.AbsolutePath.Length < 2)
        {
            throw new TransportException(TransportFault.BadAddress, address, "is not an address of the form serial:///dev/ttyUSB0?baud=9600");
        }

        if (!OperatingSystem.IsLinux())
        {
            throw new TransportException(TransportFault.BadAddress, address, "serial lines of this build work on Linux only; use a serial device server over TCP");
        }

        SerialSettings settings = SerialSettings.Of(address);
        DescriptorHandle descriptor = Open(address, address.LocalPath);
        try
        {
            Take(address, descriptor);
            string? refused = Configure(address, descriptor, settings);
            bool pseudo = IsPseudoTerminal(address.LocalPath);
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
        if (connection.Lines.Exist)
        {
            connection.Lines.Set(settings.Flow == SerialFlow.RtsCts ? null : settings.Rts, settings.Dtr);
        }

        return connection;
    }

    private static DescriptorHandle Open(Uri address, string path)
    {
        int descriptor = LibC.Open(path, LibC.ReadWrite | LibC.NoControllingTerminal | LibC.NonBlocking | LibC.CloseOnExec);
        return descriptor >= 0 ? new DescriptorHandle(descriptor) : throw NotOpened(address);
    }

    private static TransportException NotOpened(Uri address) => Marshal.GetLastPInvokeError() switch
    {
        LibC.ErrorPermission => new TransportException(
            TransportFault.Refused, address, "no permission to use this port; add the user to the port's group (Debian: dialout)"),
        LibC.ErrorBusy => InUse(address),
        _ => new TransportException(TransportFault.NotFound, address, $"cannot be opened: {LibC.LastErrorText()}; is the adapter plugged in?"),
    };

    private static unsafe void Take(Uri address, DescriptorHandle descriptor)
    {
        if (LibC.Lock(descriptor, LibC.LockExclusiveNow) != 0)
        {
            throw InUse(address);
        }

        // On a pseudo-terminal the mark would stay after us, since the other side keeps it open.
        if (!IsPseudoTerminal(address.LocalPath))
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

    private static bool IsPseudoTerminal(string path) =>
        (File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path).StartsWith("/dev/pts/", StringComparison.Ordinal);

    private static TransportException InUse(Uri address) =>
        new(TransportFault.Refused, address, "the port is in use by another program; end it, or give the devices of one line one service");
}
