using System.Net;
using System.Text.Json;
using CellLab.CellModel;
using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Cells;
using CellLab.Transport.Listeners;
using CellLab.Transport.Terminals;

namespace CellLab.HardwareSim.ModbusCycler;

/// <summary>Makes a Modbus cycler of its part of the bench file, checking every member.</summary>
internal sealed class ModbusInstrumentFactory(BenchContext bench, ModbusBenchDevice device, string at)
{
    private const double RidenAmperes = 6;
    private const double RidenVolts = 60;
    private const double MaynuoAmperes = 30;
    private const double MaynuoVolts = 150;

    private readonly ModbusFaults _faults = new(bench.Faults, device.Id, bench.Wall);

    public static IBenchInstrument Create(BenchContext bench, JsonElement element, string at) =>
        new ModbusInstrumentFactory(bench, bench.File.Part<ModbusBenchDevice>(element, at), at).Create();

    private ModbusInstrument Create()
    {
        Require(IPAddress.TryParse(device.Host, out _), "host", $"'{device.Host}' is not an IP address");
        Require(device.Unit is >= 0 and <= 247, "unit", $"expected 0 to 247, found {device.Unit}");
        Require(device.NominalVolts > 0 && device.NominalAmperes > 0 && device.NominalWatts > 0, "nominal_volts", "nominal values must be above 0");
        CellPlace place = bench.Rack.Find(device.Cell)
            ?? throw bench.File.Wrong($"{at}.cell", $"the file has no cell '{device.Cell}'; it has {(bench.Rack.Names.Length == 0 ? "none" : bench.Rack.Names)}");
        var streams = new SplitMix64(bench.File.Document.Seed + (0x6D6FUL * (ulong)device.Id.Sum(c => c)));
        var cell = new WiredCell(place, bench.Clock, bench.Wall);
        if (device.Pipeline is string pipeline && bench.Cells.Find(pipeline) is null)
        {
            bench.Cells.Add(pipeline, place.View);
        }

        List<ModbusWire> wires = [.. Wires(cell, () => new Meter(exact: !device.Noise, streams.Next()))];
        var logger = bench.Loggers.CreateLogger("CellLab.HardwareSim.ModbusCycler");
        wires.ForEach(w => Log.Listening(logger, device.Id, w.Address, 1));
        return new ModbusInstrument(device, cell, wires, Plate(), bench.Faults);
    }

    /// <summary>Of a pair what both can.</summary>
    private ModbusPlate Plate() => device.Model switch
    {
        "ea-psb" => new ModbusPlate(device.NominalAmperes, device.NominalVolts),
        "maynuo-m97" => new ModbusPlate(MaynuoAmperes, MaynuoVolts),
        _ => new ModbusPlate(Math.Min(RidenAmperes, MaynuoAmperes), RidenVolts),
    };

    private IEnumerable<ModbusWire> Wires(WiredCell cell, Func<Meter> meter)
    {
        switch (device.Model)
        {
            case "ea-psb":
                var model = new EaPsbModel($"PSB {device.NominalVolts:0}-{device.NominalAmperes:0}", "2840220001", device.NominalVolts, device.NominalAmperes, device.NominalWatts);
                var psb = new EaPsbUnit(cell, cell.Attach(device.Id, meter(), device.NominalAmperes * 1e3), model);
                return [device.Serial ? Line("source", psb, 115200) : Tcp(psb)];
            case "riden-rd6006p":
                return [Line("source", Riden(cell, meter), 115200)];
            case "maynuo-m97":
                return [Line("sink", Maynuo(cell, meter), 9600)];
            case "riden-maynuo":
                return [Line("source", Riden(cell, meter), 115200), Line("sink", Maynuo(cell, meter), 9600)];
            default:
                throw bench.File.Wrong($"{at}.model", $"there is no model '{device.Model}'; known are ea-psb, riden-rd6006p, maynuo-m97, riden-maynuo");
        }
    }

    private RidenUnit Riden(WiredCell cell, Func<Meter> meter) => new(cell, cell.Attach($"{device.Id} supply", meter(), RidenAmperes * 1e3), 12345678);

    private MaynuoUnit Maynuo(WiredCell cell, Func<Meter> meter) =>
        new(cell, cell.Attach($"{device.Id} load", meter(), MaynuoAmperes * 1e3), MaynuoAmperes, mostVolts: MaynuoVolts, mostWatts: 300);

    private ModbusWire Tcp(IModbusInstrumentUnit unit)
    {
        SocketListener listener = SocketListener.Tcp(IPAddress.Parse(device.Host), device.Port);
        return Wire(listener, unit, new { kind = "tcp", host = device.Host, port = listener.Address.Port, unit = device.Unit });
    }

    private ModbusWire Line(string role, IModbusInstrumentUnit unit, int baud)
    {
        string path = Path.GetFullPath(Path.Combine(bench.StateDirectory, $"tty-{device.Id}-{role}"));
        return Wire(PseudoTerminalListener.Open(path), unit, new { kind = "serial", path, baud, unit = device.Unit });
    }

    private ModbusWire Wire(IConnectionListener listener, IModbusInstrumentUnit unit, object connection) =>
        new(listener, (byte)device.Unit, unit, connection, _faults, bench.Wall);

    private void Require(bool holds, string member, string message)
    {
        if (!holds)
        {
            throw bench.File.Wrong($"{at}.{member}", message);
        }
    }
}
