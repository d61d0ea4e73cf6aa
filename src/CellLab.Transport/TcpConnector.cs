using System.Net.Sockets;

namespace CellLab.Transport;

/// <summary>Opens <c>tcp://host:port</c>. Small packets leave at once; a silent peer is noticed by keep-alive probes.</summary>
public sealed class TcpConnector(TimeProvider wall, TcpSettings? settings = null) : IConnector
{
    private readonly TcpSettings _settings = settings ?? new TcpSettings();

    public async Task<IConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        if (address.Scheme != "tcp" || address.Port <= 0 || address.Host.Length == 0)
        {
            throw new TransportException(TransportFault.BadAddress, address, "is not an address of the form tcp://host:port");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            Configure(socket);
            await ConnectAsync(socket, address, cancellationToken);
            return new StreamConnection(address, new NetworkStream(socket, ownsSocket: true));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Configure(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)_settings.KeepAliveAfter.TotalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, (int)_settings.KeepAliveInterval.TotalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, _settings.KeepAliveProbes);
    }

    private async Task ConnectAsync(Socket socket, Uri address, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_settings.ConnectTimeout, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(address.IdnHost, address.Port, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(
                TransportFault.TimedOut, address, $"no connection within {_settings.ConnectTimeout.TotalSeconds:0.#} s; is the machine on and reachable?");
        }
        catch (SocketException error)
        {
            throw Translate(address, error);
        }
    }

    private static TransportException Translate(Uri address, SocketException error) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new TransportException(
            TransportFault.Refused, address, "connection refused: the machine answers but nothing listens on this port", error),
        SocketError.TimedOut => new TransportException(TransportFault.TimedOut, address, "no answer", error),
        _ => new TransportException(TransportFault.NotFound, address, $"cannot be reached ({error.SocketErrorCode})", error),
    };
}
