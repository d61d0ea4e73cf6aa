using System.Buffers.Binary;
using System.Text;
using CellLab.HardwareSim.Xrd.ComPort;
using CellLab.TestKit.Waiting;
using CellLab.TestKit.Wires;
using CellLab.Transport;
using CellLab.Transport.Serial;
using CellLab.Transport.Serial.Rfc2217;

namespace CellLab.Tests.Transport.Serial.Rfc2217;

/// <summary>The client against a device server in memory; bytes as RFC 2217 has them.</summary>
public sealed class Rfc2217ConnectionTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task Opening_agrees_then_sets_lines_and_then_the_rest()
    {
        await using var server = new Server();
        await using ISerialConnection port = await server.OpenAsync("baud=19200&stop=2&parity=even&rts=off&dtr=off");

        ModemLineState state = await port.Lines.ReadAsync(s_none);

        Assert.StartsWith("FFFB2C", server.Received, StringComparison.Ordinal); // WILL COM-PORT-OPTION
        Assert.Equal(["050A", "0509", "0509", "050C", "0100004B00", "0208", "0303", "0402", "0501", "0BFF", "0507", "050A"], server.Messages);
        Assert.Equal(default, state);
    }

    [Fact]
    public async Task Lines_are_as_the_server_confirms_and_tells_them()
    {
        await using var server = new Server();
        await using ISerialConnection port = await server.OpenAsync("rts=off&dtr=off");

        await port.Lines.SetAsync(rts: true, dtr: null, s_none);
        await server.TellAsync(107, 0x11);
        await server.TellAsync(107, 0xB0);
        await Eventually.TrueAsync(async () => (await port.Lines.ReadAsync(s_none)).Dcd, "the line state");

        Assert.Equal(new ModemLineState(Rts: true, Dtr: false, Cts: true, Dsr: true, Dcd: true, Ring: false), await port.Lines.ReadAsync(s_none));
    }

    [Fact]
    public async Task A_server_that_does_not_tell_its_outputs_is_believed_what_it_confirmed()
    {
        await using var server = new Server { TellsOutputs = false };
        await using ISerialConnection port = await server.OpenAsync("rts=off&dtr=on");

        await port.Lines.SetAsync(rts: true, dtr: false, s_none);

        Assert.True(await port.Lines.ReadAsync(s_none) is { Rts: true, Dtr: false });
    }

    [Fact]
    public async Task A_line_that_does_not_follow_is_a_fault()
    {
        await using var server = new Server { Stuck = true };

        var fault = await Assert.ThrowsAsync<TransportException>(() => server.OpenAsync("rts=on&dtr=off"));

        Assert.Equal(TransportFault.Garbled, fault.Fault);
        Assert.Contains("RTS off where on was asked for", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_passes_both_ways_with_every_byte()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        await using var server = new Server();
        await using ISerialConnection port = await server.OpenAsync("");
        await port.Lines.ReadAsync(s_none); // all of the opening has been read
        await port.Stream.WriteAsync(all);

        byte[] back = new byte[256];
        await port.Stream.ReadExactlyAsync(back);

        Assert.Equal(all, back); // the server sends what it gets
    }

    [Fact]
    public async Task Another_rate_than_asked_for_is_refused_and_a_server_that_is_in_use_is_told_in_its_own_words()
    {
        await using var slow = new Server { Baud = 115_200 };
        await using var taken = new Server { Greeting = "Port already in use\r\n" };
        await using var plain = new Server { Controls = false };

        var rate = await Assert.ThrowsAsync<TransportException>(() => slow.OpenAsync("baud=9600"));
        var inUse = await Assert.ThrowsAsync<TransportException>(() => taken.OpenAsync(""));
        var telnet = await Assert.ThrowsAsync<TransportException>(() => plain.OpenAsync(""));

        Assert.Equal([TransportFault.BadAddress, TransportFault.Lost, TransportFault.BadAddress], [rate.Fault, inUse.Fault, telnet.Fault]);
        Assert.Contains("115200 baud instead of 9600", rate.Message, StringComparison.Ordinal);
        Assert.Contains("\"Port already in use\"", inUse.Message, StringComparison.Ordinal);
        Assert.Contains("RFC 2217", telnet.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_server_ends_a_waiting_read_and_every_question()
    {
        await using var server = new Server();
        await using ISerialConnection port = await server.OpenAsync("");
        Task<int> waiting = port.Stream.ReadAsync(new byte[8]).AsTask();

        await server.TellAsync(null);

        Assert.Equal(TransportFault.Lost, (await Assert.ThrowsAsync<TransportException>(() => waiting)).Fault);
        Assert.Equal(TransportFault.Lost, (await Assert.ThrowsAsync<TransportException>(() => port.Lines.ReadAsync(s_none).AsTask())).Fault);
        Assert.Equal(TransportFault.Lost, (await Assert.ThrowsAsync<TransportException>(() => port.Stream.WriteAsync(new byte[1]).AsTask())).Fault);
    }

    /// <summary>A device server whose port is a plug with RXD on TXD.</summary>
    private sealed class Server : IAsyncDisposable
    {
        private readonly MemoryConnector _wire;
        private readonly ComPortDecoder _decoder = new();
        private Stream _stream = Stream.Null;
        private bool _rts;
        private bool _dtr;

        public Server() => _wire = new MemoryConnector(ServeAsync);

        public bool TellsOutputs { get; init; } = true;

        public bool Controls { get; init; } = true;

        public bool Stuck { get; init; }

        public int? Baud { get; init; }

        public string? Greeting { get; init; }

        /// <summary>All that came, as hexadecimal.</summary>
        public string Received { get; private set; } = "";

        /// <summary>Messages of the option, without its number.</summary>
        public List<string> Messages { get; } = [];

        public async Task<ISerialConnection> OpenAsync(string query) => (ISerialConnection)await new Rfc2217Connector(_wire, TimeProvider.System).OpenAsync(
            new Uri($"rfc2217://server:4001?{query}"), s_none);

        /// <param name="content">Null ends the connection.</param>
        public ValueTask TellAsync(params byte[]? content) => content is null ? _stream.DisposeAsync() : _stream.WriteAsync(new byte[] { 0xFF, 0xFA, 44, content[0], content[1], 0xFF, 0xF0 });

        public ValueTask DisposeAsync() => _wire.DisposeAsync();

        private async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
        {
            _stream = stream;
            if (Greeting is { } text)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
                return;
            }

            byte[] buffer = new byte[1024];
            int count;
            while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                Received += Convert.ToHexString(buffer, 0, count);
                await stream.WriteAsync(Answers(buffer[..count]), cancellationToken);
            }
        }

        /// <summary>No test sends data and words at the same time.</summary>
        private byte[] Answers(byte[] piece) =>
            piece is [0xFF, 0xFA or 0xFB, ..] ? [.. piece.Select(received => _decoder.Take(received)).OfType<ComPortWord>().SelectMany(Answer)] : piece;

        private byte[] Answer(ComPortWord word)
        {
            if (word is { Word: 0xFB, Option: 44 })
            {
                return [0xFF, Controls ? (byte)0xFD : (byte)0xFE, 44, 0xFF, 0xFD, 0, 0xFF, 0xFB, 0, 0xFF, 0xFB, 1];
            }

            if (word.Word != 0xFA)
            {
                return [];
            }

            Messages.Add(Convert.ToHexString(word.Content));
            byte[] answer = Answer(word.Content[0], word.Content[1..]);
            return answer.Length == 0 ? [] : [0xFF, 0xFA, 44, (byte)(word.Content[0] + 100), .. answer, 0xFF, 0xF0];
        }

        private byte[] Answer(byte command, byte[] value)
        {
            switch (command, value[0])
            {
                case (1, _) when Baud is { } rate:
                    BinaryPrimitives.WriteInt32BigEndian(value, rate);
                    return value;
                case (5, 7 or 8 or 9):
                    _dtr = value[0] == 7 ? _dtr : value[0] == 8;
                    return value[0] == 7 && !TellsOutputs ? [] : [(byte)(_dtr ? 8 : 9)];
                case (5, 10 or 11 or 12):
                    _rts = value[0] == 10 ? _rts : value[0] == 11 && !Stuck;
                    return value[0] == 10 && !TellsOutputs ? [] : [(byte)(_rts ? 11 : 12)];
                case (11, _):
                    return [];
                default:
                    return value;
            }
        }
    }
}
