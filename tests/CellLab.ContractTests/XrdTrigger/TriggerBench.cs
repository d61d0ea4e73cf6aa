using System.Globalization;
using CellLab.ContractTests.Bench;
using CellLab.Core.Devices;
using CellLab.TestKit.Waiting;

namespace CellLab.ContractTests.XrdTrigger;

/// <summary>A bench with one diffractometer behind one kind of wire, and its driver.</summary>
internal sealed class TriggerBench : IAsyncDisposable
{
    private readonly string _folder;

    private TriggerBench(SimulatedBench bench, string folder)
    {
        (Bench, _folder) = (bench, folder);
    }

    /// <summary>RTS of a port on a device server, busy on CTS; it has one client.</summary>
    public const string SerialLine = "serial-line";

    /// <summary>Wire and whether it is serial.</summary>
    public static TheoryData<string, bool> Wires => new()
    {
        { "waveshare-relay", false }, { "waveshare-relay", true }, { "adam-6050", false }, { "wago-750", false }, { "helper", false }, { "aeris", false },
        { SerialLine, false },
    };

    public SimulatedBench Bench { get; }

    public string[] Patterns => [.. Directory.GetFiles(_folder).Where(f => !f.EndsWith(".new", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static async Task<TriggerBench> StartAsync(string wire, bool serial = false, double speed = 500, double exposureSeconds = 300, string past = "", double displacement = 0)
    {
        string folder = Directory.CreateTempSubdirectory("celllab-xrd-").FullName;
        string json = string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "cells": [{ "name": "flow-1", "material": "LMNO", "past": [{{past}}] }],
              "devices": [{
                "id": "xrd1", "driver": "XrdTrigger", "wire": "{{wire}}", "serial": {{(serial ? "true" : "false")}}, "cell": "flow-1",
                "exposure_s": {{exposureSeconds}}, "readout_s": 10, "displacement_degrees": {{displacement}}, "folder": "{{folder}}"
              }]
            }
            """);
        var bench = new TriggerBench(await SimulatedBench.StartAsync(speed, json), folder);
        bench.Bench.Changes["settings:pulse_s"] = "0.1";
        bench.Bench.Changes["settings:reply_timeout_s"] = "10";
        if (wire == SerialLine)
        {
            bench.Bench.Changes["settings:settle_s"] = "0";
        }

        return bench;
    }

    /// <param name="wire">Null: shared with the other drivers of this process where it is one line.</param>
    public async Task<(IDevice Device, ITriggerOutput Trigger)> ConnectAsync(bool arm = true, OwnWire? wire = null)
    {
        IDevice device = Bench.CreateDevice(wire);
        await device.ConnectAsync(CancellationToken.None);
        ITriggerOutput trigger = device.TryGet(out ITriggerOutput? output) ? output : throw new InvalidOperationException("the device is no trigger");
        if (arm)
        {
            await trigger.ArmAsync(new TriggerRun("R1"), CancellationToken.None);
        }

        return (device, trigger);
    }

    /// <summary>It would take another pulse: by its ready sign, or, where the wire has none, because it is not busy.</summary>
    public static bool IsFree(TriggerReading reading) => reading is { Busy: false, Ready: not false };

    public static Task WaitAsync(ITriggerOutput trigger, Func<TriggerReading, bool> condition, string what) =>
        Eventually.TrueAsync(async () => condition(await trigger.ReadAsync(CancellationToken.None)), what);

    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
