using System.Net.Sockets;

namespace CellLab.Transport.Listeners;

/// <summary>Opens <c>unix:///path/to/socket</c>: control sockets on the same machine.</summary>
public sealed class UnixConnector : IConnector
{
    public async Task<IConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        if (address.Scheme != "unix")
        {
            throw new TransportException(TransportFault.BadAddress, address, "is not an address of the form unix:///path");
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(EndPointOf(address.LocalPath), cancellationToken);
            return new StreamConnection(address, new NetworkStream(socket, ownsSocket: true));
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new TransportException(TransportFault.Refused, address, "nobody listens on this socket", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="IOException">The path is longer than the system allows (107 bytes on Linux).</exception>
    internal static UnixDomainSocketEndPoint EndPointOf(string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new IOException($"the path {path} is too long for a Unix socket ({path.Length} characters, some 107 are allowed); choose a shorter folder", e);
        }
    }
}
