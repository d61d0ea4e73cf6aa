using CellLab.ContractTests.Bench;
using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;
using CellLab.Drivers.Catalog;

namespace CellLab.ContractTests.ModbusCycler;

/// <summary>A simulated Modbus cycler with a pouch cell.</summary>
public sealed class ModbusSourceBench : SourceMeterBench
{
    private readonly double _charge;
    private readonly double _discharge;

    private ModbusSourceBench(SimulatedBench simulator, double charge, double discharge) =>
        (Simulator, _charge, _discharge) = (simulator, charge, discharge);

    public SimulatedBench Simulator { get; }

    /// <summary>Another driver than the one that the bench's configuration names.</summary>
    private IDriverModule? Module { get; init; }

    public override ChannelAddress Channel { get; } = new(new DeviceId("mod1"), "1");

    public override SourceLimits Limits { get; } = new(4.9, 1.5, 1, 1);

    public override double ChargeAmperes => _charge;

    public override double DischargeAmperes => _discharge;

    public static async Task<ModbusSourceBench> StartAsync(string model, double charge, double discharge, string more = "", double speed = 1, IDriverModule? module = null)
    {
        string file =
            $$"""
            { "site": "test", "node": "acquisition", "seed": 7, "cells": [ { "name": "pouch", "material": "LMNO", "parallel": 1000 } ], "devices": [ {
                "id": "mod1", "driver": "ModbusCycler", "model": "{{model}}", {{more}}
                "cell": "pouch", "noise": false, "pipeline": "pouch-1" } ] }
            """;
        return new ModbusSourceBench(await SimulatedBench.StartAsync(speed, file), charge, discharge) { Module = module };
    }

    public override IDevice Create() => Simulator.CreateDevice(module: Module);

    public override Task CutNextReplyAsync() => Simulator.SetFaultAsync("cut-mid-reply", null, ("times", "1"));

    public override Task SilenceNextReplyAsync() => Simulator.SetFaultAsync("never-answer", null, ("times", "1"));

    public override Task DelayNextReplyAsync() => Simulator.SetFaultAsync("delay", null, ("times", "1"), ("ms", "1300"));

    public override Task SpoilNextReplyAsync() => Simulator.SetFaultAsync("garbage", null, ("times", "1"));

    public override Task TripAsync() => Simulator.SetFaultAsync("output-trips");

    public override Task AcknowledgeTripAsync() => Simulator.ClearFaultAsync("output-trips");

    public override ValueTask DisposeAsync() => Simulator.DisposeAsync();
}
