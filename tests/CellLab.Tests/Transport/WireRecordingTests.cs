using System.Text;
using CellLab.TestKit.Time;
using CellLab.TestKit.Wires;
using CellLab.Transport;
using CellLab.Transport.Recording;

namespace CellLab.Tests.Transport;

public sealed class WireRecordingTests : IDisposable
{
    private static readonly Uri s_address = new("tcp://10.0.0.7:502");

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task What_was_recorded_is_replayed_byte_for_byte()
    {
        await RecordAsync();

        await using IConnection replayed = await ReplayConnector.FromFile(_file).OpenAsync(s_address, CancellationToken.None);
        string answer = await AskAsync(replayed, "hello");

        Assert.Equal("HELLO", answer);
        Assert.Equal(0, await replayed.Stream.ReadAsync(new byte[1], CancellationToken.None));
    }

    [Fact]
    public async Task A_recording_holds_direction_time_and_bytes()
    {
        await RecordAsync();

        IReadOnlyList<WireEntry> entries = WireRecording.Read(_file);

        Assert.Equal([WireEvent.Opened, WireEvent.Sent, WireEvent.Received, WireEvent.Closed], entries.Select(e => e.Event));
        Assert.Equal("HELLO", Encoding.UTF8.GetString(WireRecording.ReceivedBytes(entries)));
        Assert.Equal("2026-01-01T00:00:00.0000000Z > 68656c6c6f", entries[1].ToLine());
    }

    [Fact]
    public async Task Sending_something_else_than_was_recorded_is_a_mismatch()
    {
        await RecordAsync();
        await using IConnection replayed = await ReplayConnector.FromFile(_file).OpenAsync(s_address, CancellationToken.None);

        var fault = await Assert.ThrowsAsync<TransportException>(() => AskAsync(replayed, "other"));

        Assert.Equal(TransportFault.Mismatch, fault.Fault);
    }

    [Fact]
    public async Task A_reader_who_waits_for_more_is_let_go_when_the_replayed_connection_is_closed()
    {
        await RecordAsync();
        IConnection replayed = await ReplayConnector.FromFile(_file).OpenAsync(s_address, CancellationToken.None);
        Task<int> waiting = replayed.Stream.ReadAsync(new byte[1], CancellationToken.None).AsTask(); // nothing comes before something is sent

        await replayed.DisposeAsync();

        Assert.Equal(0, await waiting.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System));
    }

    [Fact]
    public void A_broken_line_is_named_by_file_and_number()
    {
        File.WriteAllLines(_file, [WireEntry.Header, "2026-01-01T00:00:00.0000000Z ? 00"]);

        var fault = Assert.Throws<FormatException>(() => WireRecording.Read(_file));

        Assert.Contains($"{_file} line 2", fault.Message, StringComparison.Ordinal);
    }

    private async Task RecordAsync()
    {
        await using var upperCase = new MemoryConnector(async (stream, token) =>
        {
            byte[] buffer = new byte[100];
            while (await stream.ReadAsync(buffer, token) is > 0 and var count)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(buffer, 0, count).ToUpperInvariant()), token);
            }
        });
        using var recorder = new RecordingConnector(upperCase, _file, new ManualTimeProvider());
        await using IConnection connection = await recorder.OpenAsync(s_address, CancellationToken.None);
        await AskAsync(connection, "hello");
    }

    private static async Task<string> AskAsync(IConnection connection, string text)
    {
        await connection.Stream.WriteAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
        byte[] buffer = new byte[100];
        int count = await connection.Stream.ReadAsync(buffer, CancellationToken.None);
        return Encoding.UTF8.GetString(buffer, 0, count);
    }
}
