using System.Net;
using System.Text.Json;
using CellLab.CellModel;
using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Gas;
using CellLab.Transport.Listeners;
using CellLab.Transport.Terminals;

namespace CellLab.HardwareSim.SrsRga;

/// <summary>Makes a head of its part of the bench file, checking every member.</summary>
internal static class RgaInstrumentFactory
{
    public static IBenchInstrument Create(BenchContext bench, JsonElement element, string at)
    {
        RgaBenchDevice device = bench.File.Part<RgaBenchDevice>(element, at);
        Require(device.Model is 100 or 200 or 300, "model", $"expected 100, 200 or 300, found {device.Model}");
        Require(device.Wire is "adapter" or "tcp" or "serial", "wire", $"expected adapter, tcp or serial, found '{device.Wire}'");
        Require(IPAddress.TryParse(device.Host, out IPAddress? host), "host", $"'{device.Host}' is not an IP address");
        GasPath path = GasPathFactory.Create(bench, at, device.Id, device.Cell, device.FlowMlMin, device.FlowReferenceC);
        var settings = new RgaSimSettings
        {
            DeviceId = device.Id,
            HighestMass = device.Model,
            Multiplier = device.Multiplier,
            SerialNumber = device.SerialNumber,
            User = device.Wire == "adapter" ? device.User : null,
            Password = device.Password,
        };
        IConnectionListener listener = device.Wire == "serial"
            ? PseudoTerminalListener.Open(Path.Combine(bench.StateDirectory, device.Path ?? $"tty-{device.Id}"))
            : SocketListener.Tcp(host!, device.Port);
        var seed = new SplitMix64(bench.File.Document.Seed ^ (ulong)device.SerialNumber);
        return new RgaInstrument(device, settings, bench, path, new IonSource(path, seed.Next()), listener);

        void Require(bool holds, string member, string message)
        {
            if (!holds)
            {
                throw bench.File.Wrong($"{at}.{member}", message);
            }
        }
    }
}
