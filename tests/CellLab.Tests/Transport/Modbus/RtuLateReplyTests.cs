using System.Threading.Channels;
using CellLab.Transport;
using CellLab.Transport.Modbus;

namespace CellLab.Tests.Transport.Modbus;

/// <summary>A reply that is later than the window in which late ones are waited for, as after a machine has stood still.</summary>
public sealed class RtuLateReplyTests
{
    private static readonly byte[] s_readings = Frame(3, 2, 0x12, 0x34);
    private static readonly byte[] s_echo = Frame(6, 0, 8, 0, 200);

    [Fact]
    public async Task It_is_passed_over_and_the_reply_that_was_asked_for_is_taken()
    {
        await using ModbusLine line = await OpenAsync([], [.. s_readings, .. s_echo]);
        var master = new ModbusMaster(line, 1, urgent: false);
        await GiveUpAsync(master);

        await master.WriteRegisterAsync(8, 200, default);
    }

    [Fact]
    public async Task A_second_one_and_one_on_a_line_that_was_not_in_doubt_are_faults()
    {
        await using ModbusLine doubtful = await OpenAsync([], [.. s_readings, .. s_readings, .. s_echo]);
        var master = new ModbusMaster(doubtful, 1, urgent: false);
        await GiveUpAsync(master);
        TransportException second = await Assert.ThrowsAsync<TransportException>(() => master.WriteRegisterAsync(8, 200, default));

        await using ModbusLine sound = await OpenAsync([.. s_readings, .. s_echo]);
        TransportException wrong = await Assert.ThrowsAsync<TransportException>(() => new ModbusMaster(sound, 1, urgent: false).WriteRegisterAsync(8, 200, default));

        Assert.All([second, wrong], fault => Assert.Contains("reply to function 3, asked was 6", fault.Message, StringComparison.Ordinal));
    }

    private static async Task<ModbusLine> OpenAsync(params byte[][] replies)
    {
        var address = new Uri("serial:///dev/memory?baud=115200");
        TimeSpan patience = TimeSpan.FromSeconds(30);
        var settings = new ModbusLineSettings { ReplyTimeout = patience, LateReplyWindow = -patience, ReadRetries = 0 }; // no window after a request that was given up
        var line = new ModbusLine(new Connector(new StreamConnection(address, new AnsweringStream(replies))), address, settings, TimeProvider.System);
        await line.OpenAsync(anew: true, default);
        return line;
    }

    private static async Task GiveUpAsync(ModbusMaster master)
    {
        using var enough = new CancellationTokenSource();
        Task<ushort[]> asked = master.ReadRegistersAsync(ModbusFunction.ReadHoldingRegisters, 8, 1, enough.Token);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    private static byte[] Frame(params byte[] reply) => RtuFrame.Encode(1, reply);

    private sealed class Connector(IConnection connection) : IConnector
    {
        public Task<IConnection> OpenAsync(Uri address, CancellationToken cancellationToken) => Task.FromResult(connection);
    }

    /// <summary>Each write brings the next reply at once, all its bytes together.</summary>
    private sealed class AnsweringStream(byte[][] replies) : DuplexStream
    {
        private readonly Channel<byte> _coming = Channel.CreateUnbounded<byte>();
        private int _asked;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            foreach (byte value in replies[_asked++])
            {
                _coming.Writer.TryWrite(value);
            }

            return ValueTask.CompletedTask;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _coming.Reader.WaitToReadAsync(cancellationToken);
            int count = 0;
            while (count < buffer.Length && _coming.Reader.TryRead(out byte value))
            {
                buffer.Span[count++] = value;
            }

            return count;
        }
    }
}
