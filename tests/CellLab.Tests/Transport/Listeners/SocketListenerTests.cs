using System.Net;
using CellLab.Transport;
using CellLab.Transport.Listeners;

namespace CellLab.Tests.Transport.Listeners;

public sealed class SocketListenerTests
{
    [Fact]
    public async Task A_tcp_listener_tells_its_port_and_carries_bytes_both_ways()
    {
        await using var listener = SocketListener.Tcp(IPAddress.Loopback, 0);
        Assert.True(listener.Address.Port > 0);
        await CarriesBytesAsync(listener, new TcpConnector(TimeProvider.System));
    }

    [Fact]
    public async Task A_unix_listener_replaces_a_left_over_file_and_removes_its_own()
    {
        string path = Path.Combine(Path.GetTempPath(), $"celllab-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(path, "left over");
        await using (var listener = SocketListener.Unix(path))
        {
            await CarriesBytesAsync(listener, new UnixConnector());
        }

        Assert.False(File.Exists(path));
        TransportException e = await Assert.ThrowsAsync<TransportException>(() => new UnixConnector().OpenAsync(new Uri($"unix://{path}"), default));
        Assert.Equal(TransportFault.Refused, e.Fault);
    }

    [Fact]
    public async Task A_taken_port_and_a_path_that_is_too_long_are_named()
    {
        await using var listener = SocketListener.Tcp(IPAddress.Loopback, 0);
        IOException taken = Assert.Throws<IOException>(() => SocketListener.Tcp(IPAddress.Loopback, listener.Address.Port));
        Assert.Contains($"127.0.0.1:{listener.Address.Port}", taken.Message, StringComparison.Ordinal);
        string path = Path.Combine(Path.GetTempPath(), new string('x', 120));
        Assert.Contains("too long", Assert.Throws<IOException>(() => SocketListener.Unix(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_listener_ends_waiting()
    {
        var listener = SocketListener.Tcp(IPAddress.Loopback, 0);
        Task<IConnection> accept = listener.AcceptAsync(CancellationToken.None);
        await listener.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accept);
    }

    private static async Task CarriesBytesAsync(SocketListener listener, IConnector connector)
    {
        Task<IConnection> accept = listener.AcceptAsync(CancellationToken.None);
        await using IConnection client = await connector.OpenAsync(listener.Address, CancellationToken.None);
        await using IConnection server = await accept;
        await client.Stream.WriteAsync("ping"u8.ToArray());
        byte[] buffer = new byte[4];
        await server.Stream.ReadExactlyAsync(buffer);
        Assert.Equal("ping"u8.ToArray(), buffer);
        await server.Stream.WriteAsync("pong"u8.ToArray());
        await client.Stream.ReadExactlyAsync(buffer);
        Assert.Equal("pong"u8.ToArray(), buffer);
    }
}
