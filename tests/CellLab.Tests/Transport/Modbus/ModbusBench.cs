using CellLab.TestKit.Wires;
using CellLab.Transport;
using CellLab.Transport.Modbus;
using CellLab.Transport.Modbus.Slave;

namespace CellLab.Tests.Transport.Modbus;

/// <summary>A line whose other end is a slave of ours, in memory.</summary>
internal sealed class ModbusBench : IModbusInterference, IAsyncDisposable
{
    private readonly Uri _address;
    private int _atOnce;

    public ModbusBench(ModbusFraming framing, ModbusLineSettings? settings = null, ModbusCodec slave = ModbusCodec.CellLab)
    {
        _address = new Uri(framing == ModbusFraming.Rtu ? "serial:///dev/memory?baud=115200" : "tcp://memory:502");
        Connector = new MemoryConnector((stream, end) => ModbusSlaves.Create(
            slave, new StreamConnection(_address, stream), ModbusFraming.ByAddress, unit => unit is 1 or 2 ? Units[unit - 1] : null, TimeProvider.System, this).RunAsync(end));
        Settings = settings ?? new ModbusLineSettings { ReplyTimeout = TimeSpan.FromSeconds(20), ReadRetries = 0 };
        Line = new ModbusLine(Connector, _address, Settings, TimeProvider.System);
    }

    public static TheoryData<ModbusFraming> Framings => [ModbusFraming.Rtu, ModbusFraming.Tcp];

    public MemoryUnit[] Units { get; } = [new(), new()];

    public MemoryConnector Connector { get; }

    public ModbusLineSettings Settings { get; }

    public ModbusLine Line { get; }

    public Uri Address => _address;

    /// <summary>What happens to the next replies, in order; afterwards they go out as they are.</summary>
    public Queue<Func<ReadOnlyMemory<byte>, CancellationToken, Task<ModbusOutcome>>> Next { get; } = new();

    /// <summary>Addresses of all requests, in the order in which they were carried out.</summary>
    public List<int> Asked { get; } = [];

    /// <summary>The largest number of requests that were being answered at one time.</summary>
    public int MostAtOnce { get; private set; }

    public static async Task<ModbusBench> OpenAsync(
        ModbusFraming framing, ModbusLineSettings? settings = null, ModbusCodec slave = ModbusCodec.CellLab)
    {
        var bench = new ModbusBench(framing, settings, slave);
        await bench.Line.OpenAsync(anew: true, CancellationToken.None);
        return bench;
    }

    public ModbusMaster Master(byte unit = 1, bool urgent = false) => new(Line, unit, urgent);

    public async ValueTask<ModbusOutcome> BeforeReplyAsync(
        byte unit, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> reply, CancellationToken cancellationToken)
    {
        Asked.Add((request.Span[1] << 8) | request.Span[2]);
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
        try
        {
            return Next.TryDequeue(out Func<ReadOnlyMemory<byte>, CancellationToken, Task<ModbusOutcome>>? act)
                ? await act(reply, cancellationToken)
                : new ModbusOutcome(reply);
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Line.DisposeAsync();
        await Connector.DisposeAsync();
    }
}
