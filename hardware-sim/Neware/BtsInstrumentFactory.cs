using System.Net;
using System.Text.Json;
using CellLab.CellModel;
using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Neware.Program;
using CellLab.HardwareSim.Neware.Running;
using CellLab.HardwareSim.Neware.Wire;

namespace CellLab.HardwareSim.Neware;

/// <summary>Makes a BTS system of its part of the bench file, checking every member.</summary>
internal sealed class BtsInstrumentFactory(BenchContext bench, string at)
{
    /// <summary>A bench at this speed or below shows channels no older than a second.</summary>
    private double CapSeconds => Math.Max(1, bench.Clock.Line.Speed * 0.02);

    public static IBenchInstrument Create(BenchContext bench, JsonElement element, string at)
    {
        BtsBenchDevice device = bench.File.Part<BtsBenchDevice>(element, at);
        return new BtsInstrumentFactory(bench, at).Create(device);
    }

    private BtsInstrument Create(BtsBenchDevice device)
    {
        BtsSettings settings = Settings(device);
        List<BtsAddress> addresses = [.. device.Cabinets.SelectMany(Addresses)];
        Require(addresses.Count > 0, "cabinets", "name at least one cabinet");
        Require(addresses.Distinct().Count() == addresses.Count, "cabinets", "two cabinets have the same devtype and devid");
        List<PlannedCell> cells = Plan(device, addresses);
        string folder = Path.GetFullPath(Path.Combine(bench.StateDirectory, device.StepFileFolder ?? $"steps-{device.Id}"));
        Directory.CreateDirectory(folder);
        var system = new BtsSystem(
            settings,
            [.. cells.Select(Placed)],
            new StepFilePlace(folder, device.StepFileFolderOnBts ?? folder),
            new TestIds(Path.Combine(bench.StateDirectory, $"test-id-{device.Id}")),
            bench.Clock,
            bench.Faults,
            bench.Loggers.CreateLogger("CellLab.HardwareSim.Neware"));
        SetFaults(device);
        return new BtsInstrument(device, system, [.. cells.Where(c => c.Cell?.Pipeline is not null).Select(c => Pipeline(device, c))], bench.Wall);
    }

    private BtsSettings Settings(BtsBenchDevice device)
    {
        Require(IPAddress.TryParse(device.Host, out _), "host", $"'{device.Host}' is not an IP address");
        Require(device.Units is "A" or "mA", "units", $"expected A or mA, found '{device.Units}'");
        Require(device.ClientYear is 2024 or 2025, "client_year", $"expected 2024 or 2025, found {device.ClientYear}");
        Require(
            TimeZoneInfo.TryFindSystemTimeZoneById(device.TimeZone, out TimeZoneInfo? zone),
            "time_zone",
            $"'{device.TimeZone}' is not an IANA time zone of this machine, such as Europe/Berlin");
        return new BtsSettings
        {
            DeviceId = device.Id,
            TimeZone = zone!,
            User = device.User,
            Password = device.Password,
            ConnectRequired = device.ConnectRequired,
            UnitFactor = device.Units == "mA" ? 1000 : 1,
            ClientYear = device.ClientYear,
        };
    }

    private static IEnumerable<BtsAddress> Addresses(BtsBenchCabinet c) =>
        from unit in Enumerable.Range(1, c.Units)
        from channel in Enumerable.Range(1, c.ChannelsPerUnit)
        select new BtsAddress(c.Devtype, c.Devid, unit, channel);

    /// <summary>Which cell goes where; null for an empty place.</summary>
    private List<PlannedCell> Plan(BtsBenchDevice device, List<BtsAddress> addresses)
    {
        var named = new Dictionary<string, BtsBenchCell>();
        for (int i = 0; i < device.Cells.Count; i++)
        {
            BtsBenchCell cell = device.Cells[i];
            Require(addresses.Any(a => a.ToString() == cell.Channel), $"cells[{i}].channel", $"there is no channel '{cell.Channel}'; expected devid-subdevid-chlid");
            Require(named.TryAdd(cell.Channel, cell), $"cells[{i}].channel", $"channel {cell.Channel} has a cell already");
            Require(cell.Cell is null || bench.Rack.Find(cell.Cell) is not null, $"cells[{i}].cell", $"the file has no cell '{cell.Cell}'; it has {(bench.Rack.Names.Length == 0 ? "none" : bench.Rack.Names)}");
            Require(cell.Cell is not null || Materials.TryGet(cell.Material, out _), $"cells[{i}].material", $"there is no material '{cell.Material}'; known are {string.Join(", ", Materials.Names)}");
            Require(cell.Parallel >= 1, $"cells[{i}].parallel", "expected 1 or more");
        }

        foreach (string material in device.Fill?.Materials ?? [])
        {
            Require(Materials.TryGet(material, out _), "fill.materials", $"there is no material '{material}'; known are {string.Join(", ", Materials.Names)}");
        }

        return [.. addresses.Select((a, i) => new PlannedCell(a, i, named.GetValueOrDefault(a.ToString()) ?? Filled(device.Fill, a, i)))];
    }

    private static BtsBenchCell? Filled(BtsBenchFill? fill, in BtsAddress address, int index) => fill is null || fill.Materials.Count == 0
        ? null
        : new BtsBenchCell
        {
            Channel = address.ToString(),
            Material = fill.Materials[index % fill.Materials.Count],
            Spread = fill.Spread,
            Noise = fill.Noise,
            Pipeline = fill.PipelinePrefix is null ? null : $"{fill.PipelinePrefix}{index + 1}",
        };

    private BtsChannel Build(PlannedCell planned)
    {
        var streams = new SplitMix64(bench.File.Document.Seed + (0x9E37UL * (ulong)planned.Index));
        ulong spreadSeed = streams.Next();
        var meter = new Meter(exact: !(planned.Cell?.Noise ?? true), streams.Next());
        if (planned.Cell?.Cell is { } name && bench.Rack.Find(name) is { } shared)
        {
            return new BtsChannel(planned.Address, shared.Cell, meter, CapSeconds, shared);
        }

        return new BtsChannel(planned.Address, planned.Cell is null ? null : CellOf(planned.Cell, spreadSeed), meter, CapSeconds);
    }

    /// <summary>A channel whose cell, if it has a pipeline, other instruments may share.</summary>
    private BtsChannel Placed(PlannedCell planned)
    {
        BtsChannel channel = Build(planned);
        if (planned.Cell?.Pipeline is string pipeline && channel.Cell is { } cell)
        {
            bench.Cells.Add(pipeline, seconds => channel.At(seconds, c => new CellView(c.CellSeconds, cell.State, cell.Parameters, cell.Parallel)));
        }

        return channel;
    }

    private static SimulatedCell CellOf(BtsBenchCell cell, ulong spreadSeed)
    {
        CellParameters material = Materials.Get(cell.Material);
        return new SimulatedCell(cell.Spread ? CellSpread.Apply(material, spreadSeed) : material, cell.Parallel);
    }

    private static PipelineEntry Pipeline(BtsBenchDevice device, PlannedCell planned) =>
        new(planned.Cell!.Pipeline!, planned.Cell.Holder, "cycler", $"{device.Id}.{planned.Address}");

    private void SetFaults(BtsBenchDevice device)
    {
        for (int i = 0; i < device.Faults.Count; i++)
        {
            BtsBenchFault fault = device.Faults[i];
            string? wrong = FaultCatalog.Check(fault.Name, fault.Parameters)
                ?? (BtsInstrument.KnownFaults.Contains(fault.Name) ? null : $"a BTS does not have the fault '{fault.Name}'; it has {string.Join(", ", BtsInstrument.KnownFaults)}");
            Require(wrong is null, $"faults[{i}]", wrong ?? "");
            bench.Faults.Set(new ActiveFault(fault.Name, device.Id, fault.Channel, fault.Parameters));
        }
    }

    private void Require(bool holds, string member, string message)
    {
        if (!holds)
        {
            throw bench.File.Wrong($"{at}.{member}", message);
        }
    }

    private sealed record PlannedCell(BtsAddress Address, int Index, BtsBenchCell? Cell);
}
