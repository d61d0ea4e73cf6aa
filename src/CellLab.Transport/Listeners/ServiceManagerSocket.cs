using System.Net.Sockets;
using System.Text;

namespace CellLab.Transport.Listeners;

/// <summary>What a service says to systemd: one datagram a message, to the socket that the environment names (sd_notify(3)).</summary>
public sealed class ServiceManagerSocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly UnixDomainSocketEndPoint _manager;

    /// <param name="address">A path, or a name in the abstract name space with a leading <c>@</c>.</param>
    private ServiceManagerSocket(string address) => _manager = new UnixDomainSocketEndPoint(address.StartsWith('@') ? $"\0{address[1..]}" : address);

    /// <summary>Null where no service manager waits (<c>NOTIFY_SOCKET</c> is not set).</summary>
    public static ServiceManagerSocket? Open(string? address) => string.IsNullOrEmpty(address) || OperatingSystem.IsWindows() ? null : new ServiceManagerSocket(address);

    /// <summary>Nothing is told when the manager does not listen: the service goes on without it.</summary>
    public void Say(string message)
    {
        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(message), _manager);
        }
        catch (SocketException)
        {
            // a manager that is being restarted itself misses one
        }
    }

    public void Dispose() => _socket.Dispose();
}
