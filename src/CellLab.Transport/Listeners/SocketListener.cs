using System.Net;
using System.Net.Sockets;

namespace CellLab.Transport.Listeners;

/// <summary>Listens on TCP or on a Unix socket.</summary>
public sealed class SocketListener : IConnectionListener
{
    private readonly Socket _socket;
    private readonly string? _unixPath;

    private SocketListener(Socket socket, Uri address, string? unixPath)
    {
        _socket = socket;
        Address = address;
        _unixPath = unixPath;
    }

    public Uri Address { get; }

    /// <param name="port">0 takes a free one; <see cref="Address"/> tells which.</param>
    /// <exception cref="IOException">The address cannot be bound; the message names it and what to do.</exception>
    public static SocketListener Tcp(IPAddress host, int port)
    {
        Socket socket = Bind(
            new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp),
            new IPEndPoint(host, port),
            $"TCP {host}:{port}");
        var bound = (IPEndPoint)socket.LocalEndPoint!;
        return new SocketListener(socket, new Uri($"tcp://{bound}"), null);
    }

    /// <summary>A left-over socket file is replaced. The file is readable and writable for its owner alone.</summary>
    public static SocketListener Unix(string path)
    {
        File.Delete(path);
        Socket socket = Bind(
            new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), UnixConnector.EndPointOf(path), $"the Unix socket {path}");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return new SocketListener(socket, new Uri($"unix://{path}"), path);
    }

    public async Task<IConnection> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            Socket accepted = await _socket.AcceptAsync(cancellationToken);
            if (_unixPath is null)
            {
                accepted.NoDelay = true;
            }

            return new StreamConnection(Address, new NetworkStream(accepted, ownsSocket: true));
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            throw new OperationCanceledException("the listener was closed", e, cancellationToken);
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (_unixPath is not null)
        {
            File.Delete(_unixPath);
        }

        return ValueTask.CompletedTask;
    }

    private static Socket Bind(Socket socket, EndPoint endPoint, string name)
    {
        try
        {
            socket.Bind(endPoint);
            socket.Listen(64);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException($"cannot listen on {name}: {e.Message}; choose another address or end the program that holds it", e);
        }
    }
}
