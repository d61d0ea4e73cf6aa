using System.Net;
using CellLab.Drivers.XrdTrigger.Host;
using CellLab.Transport.Listeners;

namespace CellLab.Service.Offline;

/// <summary>The helper on a diffractometer's computer (docs/how-to/xrd-helper.md).</summary>
public static class XrdHelper
{
    /// <summary>Serves until cancelled.</summary>
    /// <param name="listening">Gets the bound address.</param>
    /// <exception cref="IOException">The address cannot be bound.</exception>
    public static async Task RunAsync(
        IPEndPoint at, string instrument, TimeSpan exposure, IReadOnlyList<string> command, Action<Uri> listening, TimeProvider wall, CancellationToken cancellationToken)
    {
        await using SocketListener listener = SocketListener.Tcp(at.Address, at.Port);
        listening(listener.Address);
        await new HelperHost(listener, new HelperHostOptions(instrument, exposure), new ExposureCommand(command).RunAsync, wall).RunAsync(cancellationToken);
    }
}
