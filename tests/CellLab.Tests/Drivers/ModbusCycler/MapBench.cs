using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.ModbusCycler;
using CellLab.TestKit.Wires;
using CellLab.Transport;
using CellLab.Transport.Modbus;
using CellLab.Transport.Modbus.Slave;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Drivers.ModbusCycler;

/// <summary>The driver with one map on a serial line in memory whose requests are written down.</summary>
internal sealed class MapBench : IModbusInterference, IAsyncDisposable
{
    private readonly MemoryConnector _wire;

    public MapBench(string map, string? mapFile = null)
    {
        _wire = new MemoryConnector((stream, end) => new ModbusSlave(
            new StreamConnection(new Uri("serial:///dev/memory"), stream), ModbusFraming.Rtu, unit => unit == 1 ? Unit : null, TimeProvider.System, this).RunAsync(end));
        Device = (ModbusCyclerDevice)Create(mapFile ?? map, _wire);
    }

    public RecordingUnit Unit { get; } = new();

    public ModbusCyclerDevice Device { get; }

    public ChannelAddress Channel => Device.Outputs[0];

    /// <summary>Requests as frames in hexadecimal, in order.</summary>
    public List<string> Frames { get; } = [];

    public IEnumerable<string> Writes => Frames.Where(f => f[3..5] is "05" or "06" or "0F" or "10");

    public static IDevice Create(string map, IConnector? wire = null, params (string Path, string Value)[] more)
    {
        var values = new Dictionary<string, string?>
        {
            ["devices:0:id"] = "psu1",
            ["devices:0:profile"] = map,
            ["devices:0:connection:kind"] = "serial",
            ["devices:0:connection:path"] = "/dev/memory",
            ["devices:0:settings:pause_s"] = "0",
            ["devices:0:settings:reply_timeout_s"] = "30", // a busy machine is not a silent device
        };
        foreach ((string path, string value) in more)
        {
            values[$"devices:0:{path}"] = value;
        }

        IConfigurationSection section = new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("devices:0");
        return DriverCatalog.Find("ModbusCycler", "devices[0].driver")
            .Create(DeviceSetup.From(section) with { Connector = wire }, Clocks.RealTime, NullLoggerFactory.Instance);
    }

    public static async Task<MapBench> PsbAsync()
    {
        var bench = new MapBench("ea-psb");
        bench.Unit.Put(1, "PSB 10060-60");
        bench.Unit.Put(151, "2840220001");
        bench.Unit.Put(121, 60);
        bench.Unit.Put(123, 60);
        bench.Unit.Put(125, 1200);
        bench.Unit.Written = (_, _) => bench.Unit.Registers[506] =
            (ushort)((bench.Unit.Coils.GetValueOrDefault(402) ? 0x0803 : 1) | (bench.Unit.Coils.GetValueOrDefault(405) ? 0x480 : 0));
        await bench.Device.ConnectAsync(CancellationToken.None);
        return bench;
    }

    public static async Task<MapBench> RidenAsync()
    {
        var bench = new MapBench("riden-rd6006p");
        bench.Unit.Registers[0] = 60065;
        await bench.Device.ConnectAsync(CancellationToken.None);
        return bench;
    }

    public static async Task<MapBench> MaynuoAsync()
    {
        var bench = new MapBench("maynuo-m97");
        bench.Unit.Written = (address, value) => bench.Unit.Coils[0x0510] =
            (address, value) is (0x0A00, 42) || (!((address, value) is (0x0A00, 43)) && bench.Unit.Coils.GetValueOrDefault(0x0510));
        await bench.Device.ConnectAsync(CancellationToken.None);
        return bench;
    }

    public ValueTask<ModbusOutcome> BeforeReplyAsync(
        byte unit, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> reply, CancellationToken cancellationToken)
    {
        Frames.Add(BitConverter.ToString(RtuFrame.Encode(unit, request.Span)).Replace('-', ' '));
        return ValueTask.FromResult(new ModbusOutcome(reply));
    }

    public async ValueTask DisposeAsync()
    {
        await Device.DisposeAsync();
        await _wire.DisposeAsync();
    }
}
