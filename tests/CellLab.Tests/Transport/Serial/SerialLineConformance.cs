using CellLab.Transport;
using CellLab.Transport.Serial;
using CellLab.Transport.Terminals;

namespace CellLab.Tests.Transport.Serial;

/// <summary>A serial connection over a pseudo-terminal, whoever drives the port.</summary>
public abstract class SerialLineConformance : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("celllab-line-").FullName;
    private readonly PseudoTerminalListener _listener;
    private readonly Uri _address;

    protected SerialLineConformance()
    {
        _listener = PseudoTerminalListener.Open(Path.Combine(_folder, "rga"));
        _address = Line.At(_listener.Address.LocalPath);
    }

    protected abstract SerialSettings Line { get; }

    [Fact]
    public async Task Bytes_pass_both_ways_unchanged()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        await using IConnection instrument = await _listener.AcceptAsync(CancellationToken.None);
        await using IConnection client = await OpenAsync();

        await client.Stream.WriteAsync(all);
        byte[] there = await ReadAsync(instrument, 256);
        await instrument.Stream.WriteAsync(all);
        byte[] back = await ReadAsync(client, 256);

        Assert.Equal(all, there);
        Assert.Equal(all, back);
    }

    [Fact]
    public async Task A_waiting_read_ends_when_it_is_cancelled_and_the_next_one_gets_the_bytes()
    {
        await using IConnection instrument = await _listener.AcceptAsync(CancellationToken.None);
        await using IConnection client = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        Task<int> waiting = client.Stream.ReadAsync(new byte[8], cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await instrument.Stream.WriteAsync(new byte[] { 7 });
        Assert.Equal([7], await ReadAsync(client, 1));
    }

    [Fact]
    public async Task Pulling_the_plug_is_a_lost_connection_for_a_waiting_read_and_for_a_write()
    {
        IConnection instrument = await _listener.AcceptAsync(CancellationToken.None);
        await using IConnection client = await OpenAsync();
        Task<int> waiting = client.Stream.ReadAsync(new byte[8]).AsTask();

        await instrument.DisposeAsync();

        Assert.Equal(TransportFault.Lost, (await Assert.ThrowsAsync<TransportException>(() => waiting)).Fault);
        Assert.Equal(TransportFault.Lost, (await Assert.ThrowsAsync<TransportException>(() => client.Stream.WriteAsync(new byte[1]).AsTask())).Fault);
    }

    [Fact]
    public async Task After_plugging_in_again_the_same_path_works()
    {
        await (await _listener.AcceptAsync(CancellationToken.None)).DisposeAsync();
        await using IConnection instrument = await _listener.AcceptAsync(CancellationToken.None);
        await using IConnection client = await OpenAsync();

        await client.Stream.WriteAsync("again"u8.ToArray());

        Assert.Equal("again"u8.ToArray(), await ReadAsync(instrument, 5));
    }

    [Fact]
    public async Task Clients_come_and_go_and_the_instrument_notices_nothing()
    {
        await using IConnection instrument = await _listener.AcceptAsync(CancellationToken.None);
        for (byte i = 0; i < 3; i++)
        {
            await using IConnection client = await OpenAsync();
            await client.Stream.WriteAsync(new[] { i });
            Assert.Equal([i], await ReadAsync(instrument, 1));
        }
    }

    [Fact]
    public async Task A_port_in_use_is_refused_until_it_is_closed()
    {
        await using IConnection instrument = await _listener.AcceptAsync(CancellationToken.None);
        IConnection first = await OpenAsync();

        TransportException refused = await Assert.ThrowsAsync<TransportException>(OpenAsync);
        await first.DisposeAsync();
        await using IConnection second = await OpenAsync();

        Assert.Equal(TransportFault.Refused, refused.Fault);
        Assert.Contains("in use", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pseudo_terminal_says_that_it_has_no_modem_lines()
    {
        await using IConnection instrument = await _listener.AcceptAsync(CancellationToken.None);
        await using var client = (ISerialConnection)await OpenAsync();

        Assert.False(client.Lines.Exist);
        await Assert.ThrowsAsync<TransportException>(() => client.Lines.SetAsync(true, null, CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task A_reader_that_is_slow_stops_the_writer_which_can_be_cancelled()
    {
        await using IConnection instrument = await _listener.AcceptAsync(CancellationToken.None);
        await using IConnection client = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        Task writing = client.Stream.WriteAsync(new byte[1 << 20], cancel.Token).AsTask();
        await ReadAsync(instrument, 1000);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    [Fact]
    public async Task A_path_that_does_not_exist_or_is_no_line_is_named()
    {
        string file = Path.Combine(_folder, "plain");
        await File.WriteAllTextAsync(file, "");

        TransportException absent = await FailAsync(Line.At(Path.Combine(_folder, "absent")));
        TransportException plain = await FailAsync(Line.At(file));

        Assert.Equal(TransportFault.NotFound, absent.Fault);
        Assert.Equal(TransportFault.BadAddress, plain.Fault);
        Assert.Contains("is not a serial line", plain.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _listener.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static Task<TransportException> FailAsync(Uri address) =>
        Assert.ThrowsAsync<TransportException>(() => new WireConnector(TimeProvider.System).OpenAsync(address, CancellationToken.None));

    private Task<IConnection> OpenAsync() => new WireConnector(TimeProvider.System).OpenAsync(_address, CancellationToken.None);

    private static async Task<byte[]> ReadAsync(IConnection from, int count)
    {
        byte[] bytes = new byte[count];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        await from.Stream.ReadExactlyAsync(bytes, limit.Token);
        return bytes;
    }
}
