using CellLab.ContractTests.Bench;
using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;

namespace CellLab.ContractTests.GasPanel;

/// <summary>The panel over Modbus TCP, and what a spectrometer on its line sees.</summary>
public sealed class GasPanelTests
{
    private const string Bench = """
        {
          "cells": [{ "name": "flow-1", "material": "LMNO" }],
          "devices": [
            { "id": "panel1", "driver": "GasPanel", "cell": "flow-1" },
            { "id": "rga1", "driver": "SrsRga", "wire": "tcp", "cell": "flow-1" }
          ]
        }
        """;

    [Theory]
    [InlineData(GasRoute.Bypass)]
    [InlineData(GasRoute.Bottle)]
    [InlineData(GasRoute.BottleThroughCell)]
    [InlineData(GasRoute.Cell)]
    public async Task Every_route_is_read_back(GasRoute route)
    {
        await using SimulatedBench bench = await SimulatedBench.StartAsync(100, Bench);
        (IDevice _, IGasPanel panel) = await ConnectAsync(bench);

        await panel.SwitchAsync(route, CancellationToken.None);
        await panel.SwitchAsync(route, CancellationToken.None);

        Assert.Equal(route, (await panel.InspectAsync(CancellationToken.None)).Route);
    }

    [Fact]
    public async Task Connecting_turns_no_valve_and_all_released_is_the_cell()
    {
        await using SimulatedBench bench = await SimulatedBench.StartAsync(100, Bench);
        (IDevice device, IGasPanel panel) = await ConnectAsync(bench);
        GasRoute? before = (await panel.InspectAsync(CancellationToken.None)).Route;
        await panel.SwitchAsync(GasRoute.Bottle, CancellationToken.None);

        await device.ConnectAsync(CancellationToken.None);

        Assert.Equal(GasRoute.Cell, before);
        Assert.Equal(GasRoute.Bottle, (await panel.InspectAsync(CancellationToken.None)).Route);
    }

    [Fact]
    public async Task A_valve_that_does_not_turn_is_told_and_not_believed()
    {
        await using SimulatedBench bench = await SimulatedBench.StartAsync(100, Bench);
        (IDevice _, IGasPanel panel) = await ConnectAsync(bench);
        await bench.SetFaultAsync("stuck-valve");

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => panel.SwitchAsync(GasRoute.Bottle, CancellationToken.None));

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.Contains("read back", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_line_is_transient_and_connecting_again_mends_it()
    {
        await using SimulatedBench bench = await SimulatedBench.StartAsync(100, Bench);
        (IDevice device, IGasPanel panel) = await ConnectAsync(bench);
        await bench.SetFaultAsync("cut-mid-reply", null, ("times", "1"));

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => panel.SwitchAsync(GasRoute.Bypass, CancellationToken.None));
        await device.ConnectAgainAsync();
        await panel.SwitchAsync(GasRoute.Bypass, CancellationToken.None);

        Assert.True(fault.IsTransient);
        Assert.Equal(GasRoute.Bypass, (await panel.InspectAsync(CancellationToken.None)).Route);
    }

    [Fact]
    public async Task The_bottle_raises_oxygen_and_carbon_dioxide_to_1000_ppm_at_the_spectrometer()
    {
        await using SimulatedBench bench = await SimulatedBench.StartAsync(2000, Bench);
        (IDevice _, IGasPanel panel) = await ConnectAsync(bench);
        IDevice rga = bench.CreateDevice(index: 1);
        await rga.ConnectAsync(CancellationToken.None);
        IGasAnalyzer analyzer = GasAnalyzerBench.Analyzer(rga);
        await analyzer.SwitchOnAsync(GasAnalyzerBench.GoodPascals, CancellationToken.None);
        await panel.SwitchAsync(GasRoute.Bottle, CancellationToken.None);
        DateTimeOffset switched = bench.Clocks.Lab.GetUtcNow();
        await analyzer.StartAsync(IonPlan.Of([32, 36, 44], TimeSpan.FromSeconds(60)), CancellationToken.None);

        IonPass pass;
        do
        {
            pass = (await GasAnalyzerBench.TakeAsync(analyzer, 1))[0];
        }
        while (pass.Ions[0].TakenAtUtc < switched.AddSeconds(1500)); // twelve times the line's 120 s

        double argon = pass.Ions[1].IonCurrentAmperes / 0.00335;
        Assert.Equal(1000e-6, pass.Ions[0].IonCurrentAmperes / argon, 30e-6); // what is left of the residual oxygen comes on top
        Assert.Equal(1000e-6, pass.Ions[2].IonCurrentAmperes / argon, 20e-6);
    }

    [Fact]
    public async Task The_flow_is_that_of_the_controllers_own_reference()
    {
        await using SimulatedBench bench = await SimulatedBench.StartAsync(100, Bench);
        (IDevice _, IGasPanel panel) = await ConnectAsync(bench);

        Assert.Equal(3.406e-7, panel.Carrier.MolesPerSecond, 1e-10);
        Assert.Equal(25, panel.Carrier.ReferenceCelsius);
    }

    private static async Task<(IDevice Device, IGasPanel Panel)> ConnectAsync(SimulatedBench bench)
    {
        bench.Changes["settings:break_s"] = "0.01";
        IDevice device = bench.CreateDevice();
        await device.ConnectAsync(CancellationToken.None);
        return (device, device.TryGet(out IGasPanel? panel) ? panel : throw new InvalidOperationException("the device is no gas panel"));
    }
}
