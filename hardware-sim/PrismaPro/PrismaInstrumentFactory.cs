using System.Net;
using System.Text.Json;
using CellLab.CellModel;
using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Gas;
using CellLab.Transport.Listeners;

namespace CellLab.HardwareSim.PrismaPro;

/// <summary>Makes a PrismaPro of its part of the bench file, checking every member.</summary>
internal static class PrismaInstrumentFactory
{
    public static IBenchInstrument Create(BenchContext bench, JsonElement element, string at)
    {
        PrismaBenchDevice device = bench.File.Part<PrismaBenchDevice>(element, at);
        if (!IPAddress.TryParse(device.Host, out IPAddress? host))
        {
            throw bench.File.Wrong($"{at}.host", $"'{device.Host}' is not an IP address");
        }

        if (device.HighestMass is not (100 or 200 or 300))
        {
            throw bench.File.Wrong($"{at}.highest_mass", $"expected 100, 200 or 300, found {device.HighestMass}");
        }

        GasPath path = GasPathFactory.Create(bench, at, device.Id, device.Cell, device.FlowMlMin, device.FlowReferenceC);
        ulong seed = new SplitMix64(bench.File.Document.Seed ^ (ulong)device.SerialNumber.Sum(c => c) << 8).Next();
        var head = new PrismaHead(device, bench.Clock, bench.Wall, bench.Faults, new IonSource(path, seed));
        return new PrismaInstrument(device, bench, path, head, SocketListener.Tcp(host, device.Port));
    }
}
