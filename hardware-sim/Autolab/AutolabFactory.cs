using System.Net;
using System.Text.Json;
using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Cells;
using CellLab.Transport.Listeners;

namespace CellLab.HardwareSim.Autolab;

/// <summary>Makes an Autolab of its part of the bench file, checking every member.</summary>
internal static class AutolabFactory
{
    public static IBenchInstrument Create(BenchContext bench, JsonElement element, string at)
    {
        AutolabBenchDevice device = bench.File.Part<AutolabBenchDevice>(element, at);
        CellPlace place = bench.Rack.Find(device.Cell)
            ?? throw Wrong("cell", $"the file has no cell '{device.Cell}'; it has {(bench.Rack.Names.Length == 0 ? "none" : bench.Rack.Names)}");
        if (!IPAddress.TryParse(device.Host, out IPAddress? host))
        {
            throw Wrong("host", $"'{device.Host}' is not an IP address");
        }

        ulong seed = device.Id.Aggregate(bench.File.Document.Seed + 0xA07, (all, c) => (all * 31) + c);
        var pgstat = new Pgstat(device, new Terminals(device.Id, place, Pgstat.MaxAmperes), bench, seed);
        SocketListener usb = SocketListener.Tcp(IPAddress.Loopback, 0);
        IConnectionListener cable = SocketListener.Tcp(host, device.Port);
        var files = new SdkFiles(Path.Combine(bench.StateDirectory, $"autolab-{device.Id}"), device.Serial, usb.Address.Port, bench.Clock.At(0));
        if (device.Pipeline is { } pipeline && bench.Cells.Find(pipeline) is null)
        {
            bench.Cells.Add(pipeline, place.View);
        }

        return new AutolabInstrument(device, pgstat, files, usb, cable, bench);

        BenchFileException Wrong(string member, string message) => bench.File.Wrong($"{at}.{member}", message);
    }
}
