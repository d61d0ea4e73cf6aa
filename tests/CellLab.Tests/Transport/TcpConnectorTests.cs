using CellLab.Transport;

namespace CellLab.Tests.Transport;

public sealed class TcpConnectorTests
{
    [Fact]
    public async Task A_port_on_which_nobody_listens_is_refused_with_its_address()
    {
        var connector = new TcpConnector(TimeProvider.System);

        var fault = await Assert.ThrowsAsync<TransportException>(() => connector.OpenAsync(new Uri("tcp://127.0.0.1:1"), CancellationToken.None));

        Assert.Equal(TransportFault.Refused, fault.Fault);
        Assert.StartsWith("tcp://127.0.0.1:1", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:80")]
    [InlineData("tcp://127.0.0.1")]
    public async Task Other_addresses_than_tcp_host_and_port_are_refused(string address)
    {
        var fault = await Assert.ThrowsAsync<TransportException>(
            () => new TcpConnector(TimeProvider.System).OpenAsync(new Uri(address), CancellationToken.None));

        Assert.Equal(TransportFault.BadAddress, fault.Fault);
    }

    [Fact]
    public async Task A_cancelled_opening_ends_as_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new TcpConnector(TimeProvider.System).OpenAsync(new Uri("tcp://127.0.0.1:1"), cancelled.Token));
    }
}
