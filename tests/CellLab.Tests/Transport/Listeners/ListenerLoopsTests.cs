using System.Net;
using CellLab.TestKit.Waiting;
using CellLab.Transport;
using CellLab.Transport.Listeners;

namespace CellLab.Tests.Transport.Listeners;

public sealed class ListenerLoopsTests : IAsyncLifetime, IDisposable
{
    private readonly SocketListener _listener = SocketListener.Tcp(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<string> _gone = [];
    private int _served;

    [Fact]
    public async Task Every_client_is_served_and_one_that_fails_ends_alone()
    {
        Task serving = _listener.ServeAllAsync(EchoAsync, _gone.Add, _end.Token);
        await using IConnection first = await DialAsync();
        await using IConnection second = await DialAsync();
        await AskAsync(first, 1);
        await AskAsync(second, 2);
        await first.Stream.WriteAsync(new byte[] { 0 });

        Assert.Equal(0, await first.Stream.ReadAsync(new byte[1]));
        await AskAsync(second, 3);
        Assert.Equal("zero", Assert.Single(_gone));
        await EndAsync(serving);
        Assert.Equal(0, _served);
    }

    [Fact]
    public async Task Where_one_is_served_a_second_one_is_closed_at_once_and_a_later_one_is_served()
    {
        Task serving = _listener.ServeAllAsync(EchoAsync, _gone.Add, _end.Token, most: 1);
        await using (IConnection first = await DialAsync())
        {
            await AskAsync(first, 1);
            await using IConnection second = await DialAsync();
            Assert.Equal(0, await second.Stream.ReadAsync(new byte[1]));
            await AskAsync(first, 2);
        }

        await Eventually.TrueAsync(IsServedAsync, "the place of the first client to be free");
        await EndAsync(serving);
    }

    [Fact]
    public async Task A_newer_client_takes_the_place_of_the_one_before()
    {
        Task serving = _listener.ServeNewestAsync(EchoAsync, _gone.Add, _end.Token);
        await using IConnection first = await DialAsync();
        await AskAsync(first, 1);
        await using IConnection second = await DialAsync();

        await AskAsync(second, 2);
        Assert.Equal(0, await first.Stream.ReadAsync(new byte[1]));
        await EndAsync(serving);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _end.CancelAsync();
        await _listener.DisposeAsync();
    }

    public void Dispose() => _end.Dispose();

    /// <summary>Gives back every byte; at a zero the line "breaks".</summary>
    private async Task EchoAsync(IConnection connection, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _served);
        try
        {
            byte[] one = new byte[1];
            while (await connection.Stream.ReadAsync(one, cancellationToken) == 1)
            {
                await connection.Stream.WriteAsync(one[0] == 0 ? throw new IOException("zero") : one, cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _served);
        }
    }

    private Task<IConnection> DialAsync() => new TcpConnector(TimeProvider.System).OpenAsync(_listener.Address, CancellationToken.None);

    private static async Task AskAsync(IConnection connection, byte value)
    {
        await connection.Stream.WriteAsync(new[] { value });
        byte[] answer = new byte[1];
        Assert.Equal((1, value), (await connection.Stream.ReadAsync(answer), answer[0]));
    }

    private async Task<bool> IsServedAsync()
    {
        try
        {
            await using IConnection connection = await DialAsync();
            await connection.Stream.WriteAsync(new byte[] { 7 });
            return await connection.Stream.ReadAsync(new byte[1]) == 1;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task EndAsync(Task serving)
    {
        await _end.CancelAsync();
        await serving;
    }
}
