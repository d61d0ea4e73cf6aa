using CellLab.ContractTests.Bench;
using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Safety;

namespace CellLab.ContractTests.Autolab;

/// <summary>A simulated Autolab with one cell, behind the real bridge program with the stand-in for the vendor's library.</summary>
public sealed class AutolabBench : InstrumentBench
{
    private static readonly RecordRule s_everyThirtySeconds = new(30, null, null);
    private static readonly SafetyLimits s_limits = new(4.9, 1.5, null, null, null, 5);

    private AutolabBench(SimulatedBench simulator) => Simulator = simulator;

    public SimulatedBench Simulator { get; }

    public override ChannelAddress Channel { get; } = new(new DeviceId("autolab1"), "1");

    public override CellProgram LongProgram { get; } = new(
        "long", [new CurrentStep(1, "main", 1e-5, null, 36000, 4.8)], new RecordRule(5, null, null), s_limits, 5e-4);

    public override CellProgram ShortProgram { get; } = new(
        "short",
        [new RestStep(1, "main", 600), new CurrentStep(2, "main", 2e-5, null, 1800, 4.8), new CurrentStep(3, "main", -2e-5, null, 1200, 2.0)],
        s_everyThirtySeconds,
        s_limits,
        5e-4);

    /// <param name="past">What the cell has been through, as JSON.</param>
    public static async Task<AutolabBench> StartAsync(
        double speed = 1000, string material = "LMNO", string past = "[]") => new(
        await SimulatedBench.StartAsync(
            speed,
            $$"""
            { "site": "test", "node": "acquisition", "seed": 7,
              "cells": [ { "name": "c1", "material": "{{material}}", "past": {{past}} } ],
              "devices": [ { "id": "autolab1", "driver": "Autolab", "cell": "c1" } ] }
            """));

    public override IDevice Create() => Simulator.CreateDevice();

    public override Task CutNextReplyAsync() => Simulator.SetFaultAsync("cut-mid-reply", null, ("times", "1"));

    public override Task HangNextReplyAsync() => Simulator.SetFaultAsync("never-answer", null, ("times", "1"));

    public override ValueTask DisposeAsync() => Simulator.DisposeAsync();
}
