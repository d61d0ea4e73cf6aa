using System.Runtime.InteropServices;
using CellLab.Transport.Native;

namespace CellLab.Transport.Serial;

/// <summary>What opening a port on Linux is about, whoever drives it.</summary>
internal static class SerialPorts
{
    /// <summary>Opens the port and takes the usual lock on it; a second opening, also by another program that keeps to the lock, is refused.</summary>
    /// <exception cref="TransportException">Refused, NotFound.</exception>
    public static DescriptorHandle OpenLocked(Uri address)
    {
        int number = LibC.Open(address.LocalPath, LibC.ReadWrite | LibC.NoControllingTerminal | LibC.NonBlocking | LibC.CloseOnExec);
        DescriptorHandle descriptor = number >= 0 ? new DescriptorHandle(number) : throw NotOpened(address);
        if (LibC.Lock(descriptor, LibC.LockExclusiveNow) != 0)
        {
            descriptor.Dispose();
            throw InUse(address);
        }

        return descriptor;
    }

    public static bool IsPseudoTerminal(string path) =>
        (File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path).StartsWith("/dev/pts/", StringComparison.Ordinal);

    public static void RequirePath(Uri address)
    {
        if (address.Scheme != "serial" || address.AbsolutePath.Length < 2)
        {
            throw new TransportException(TransportFault.BadAddress, address, "is not an address of the form serial:///dev/ttyUSB0?baud=9600");
        }
    }

    private static TransportException NotOpened(Uri address) => Marshal.GetLastPInvokeError() switch
    {
        LibC.ErrorPermission => new TransportException(
            TransportFault.Refused, address, "no permission to use this port; add the user to the port's group (Debian: dialout)"),
        LibC.ErrorBusy => InUse(address),
        _ => new TransportException(TransportFault.NotFound, address, $"cannot be opened: {LibC.LastErrorText()}; is the adapter plugged in?"),
    };

    private static TransportException InUse(Uri address) =>
        new(TransportFault.Refused, address, "the port is in use by another program; end it, or give the devices of one line one service");
}
