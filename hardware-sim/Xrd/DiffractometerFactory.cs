using System.Net;
using System.Text.Json;
using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Cells;
using CellLab.Transport.Listeners;
using CellLab.Transport.Terminals;

namespace CellLab.HardwareSim.Xrd;

/// <summary>Makes a diffractometer of its part of the bench file, checking every member.</summary>
internal static class DiffractometerFactory
{
    private const double MostPoints = 20_000;

    public static IBenchInstrument Create(BenchContext bench, JsonElement element, string at)
    {
        DiffractometerBenchDevice device = bench.File.Part<DiffractometerBenchDevice>(element, at);
        bool isModule = ModuleLayout.Of(device.Wire) is not null;
        Require(
            isModule || device.Wire is "helper" or "aeris" or "serial-line",
            "wire", $"expected waveshare-relay, adam-6050, wago-750, helper, aeris or serial-line, found '{device.Wire}'");
        Require(device.Line is "rts" or "dtr", "line", $"expected rts or dtr, found '{device.Line}'");
        Require(isModule || !device.Serial, "serial", "only the output modules have a serial line");
        Require(IPAddress.TryParse(device.Host, out IPAddress? host), "host", $"'{device.Host}' is not an IP address");
        Require(device.Unit is >= 0 and <= 247, "unit", $"expected 0 to 247, found {device.Unit}");
        Require(device.ExposureS is > 0 and <= 1e6 && device.ReadoutS is >= 0 and <= 1e6, "exposure_s", "expected seconds above 0, readout_s from 0");
        Require(
            device.TwoThetaStep > 0 && device.TwoThetaTo > device.TwoThetaFrom && (device.TwoThetaTo - device.TwoThetaFrom) / device.TwoThetaStep <= MostPoints,
            "two_theta_from", $"expected a range with at most {MostPoints} steps");
        var diffractometer = new Diffractometer(device, bench, Look(bench, device.Cell, at));
        IConnectionListener listener = device.Serial
            ? PseudoTerminalListener.Open(Path.Combine(bench.StateDirectory, $"tty-{device.Id}"))
            : SocketListener.Tcp(host!, device.Port);
        return new DiffractometerInstrument(device, bench, diffractometer, listener);

        void Require(bool holds, string member, string message)
        {
            if (!holds)
            {
                throw bench.File.Wrong($"{at}.{member}", message);
            }
        }
    }

    private static Func<double, CellView>? Look(BenchContext bench, string? cell, string at)
    {
        if (cell is null)
        {
            return null;
        }

        return bench.Cells.Find(cell) ?? (bench.Rack.Find(cell) is CellPlace place ? place.View : throw bench.File.Wrong(
            $"{at}.cell", $"there is no cell or pipeline '{cell}' above; there are {string.Join(", ", bench.Cells.Names.Concat(bench.Rack.Places.Select(p => p.Name)).Distinct().Take(16))}"));
    }
}
