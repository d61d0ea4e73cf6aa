using System.Net;
using System.Text.Json;
using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.MethodScript.Electronics;
using CellLab.Transport.Listeners;
using CellLab.Transport.Terminals;

namespace CellLab.HardwareSim.MethodScript;

/// <summary>Makes a potentiostat of its part of the bench file, checking every member.</summary>
internal static class PotentiostatFactory
{
    public static IBenchInstrument Create(BenchContext bench, JsonElement element, string at)
    {
        PotentiostatBenchDevice device = bench.File.Part<PotentiostatBenchDevice>(element, at);
        InstrumentModel model = InstrumentModel.All.FirstOrDefault(m => m.Name == device.Model)
            ?? throw Wrong("model", $"there is no model '{device.Model}'; known are {string.Join(", ", InstrumentModel.All.Select(m => m.Name))}");
        CellPlace place = bench.Rack.Find(device.Cell)
            ?? throw Wrong("cell", $"the file has no cell '{device.Cell}'; it has {(bench.Rack.Names.Length == 0 ? "none" : bench.Rack.Names)}");
        IConnectionListener listener = device.Wire switch
        {
            "serial" => PseudoTerminalListener.Open(Path.Combine(bench.StateDirectory, device.Path ?? $"{device.Id}.tty")),
            "tcp" when IPAddress.TryParse(device.Host, out IPAddress? host) => SocketListener.Tcp(host, device.Port),
            "tcp" => throw Wrong("host", $"'{device.Host}' is not an IP address"),
            _ => throw Wrong("wire", $"expected tcp or serial, found '{device.Wire}'"),
        };
        ulong seed = device.Id.Aggregate(bench.File.Document.Seed + 0x7A31, (all, c) => (all * 31) + c);
        var terminals = new Terminals(device.Id, place, model.MaxAmperes);
        var potentiostat = new Potentiostat(device, model, terminals, bench.Clock, bench.Wall, bench.Faults, seed);
        if (device.Pipeline is { } pipeline && bench.Cells.Find(pipeline) is null)
        {
            bench.Cells.Add(pipeline, place.View);
        }

        return new PotentiostatInstrument(device, potentiostat, place, listener, bench);

        BenchFileException Wrong(string member, string message) => bench.File.Wrong($"{at}.{member}", message);
    }
}
