namespace CellLab.Transport.Serial;

/// <summary>Opens serial ports by the driver that their address names (<c>through</c>).</summary>
internal static partial class SerialDrivers
{
    /// <exception cref="TransportException">BadAddress: this build has no such driver.</exception>
    public static IConnector For(Uri address)
    {
        SerialDriver asked = SerialSettings.Of(address).Through;
        bool termios = asked == SerialDriver.Termios || (asked == SerialDriver.Usual && !OperatingSystem.IsWindows());
        IConnector? named = null;
        if (!termios)
        {
            CreateNamed(ref named);
        }

        return named ?? (asked == SerialDriver.SystemIoPorts
            ? throw new TransportException(
                TransportFault.BadAddress, address, "this build has no System.IO.Ports; build it with -p:WithNamedPackages=true, or take through away")
            : new SerialConnector());
    }

    static partial void CreateNamed(ref IConnector? connector);
}
