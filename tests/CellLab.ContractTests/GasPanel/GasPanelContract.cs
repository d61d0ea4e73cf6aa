using CellLab.ContractTests.Bench;
using CellLab.Core.Devices;
using CellLab.TestKit.Waiting;

namespace CellLab.ContractTests.GasPanel;

/// <summary>What a panel of valves keeps whatever its wire and other masters on it do: the route that it tells is the one that stands.</summary>
public sealed class GasPanelContract : IAsyncLifetime
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private SimulatedBench _bench = null!;
    private OwnWire _wire = null!;
    private IDevice _device = null!;
    private IGasPanel _panel = null!;

    public async Task InitializeAsync()
    {
        _bench = await SimulatedBench.StartAsync(
            100, """{ "cells": [{ "name": "flow-1", "material": "LMNO" }], "devices": [{ "id": "panel1", "driver": "GasPanel", "cell": "flow-1" }] }""");
        _bench.Changes["settings:break_s"] = "0.01";
        _bench.Changes["settings:reply_timeout_s"] = "30";
        (_device, _panel, _wire) = await ConnectAsync();
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData("1")]
    [InlineData("5")]
    public async Task Nonsense_is_a_transient_fault_and_connecting_again_mends_it(string function)
    {
        await _panel.SwitchAsync(GasRoute.Bypass, s_none);
        await _bench.SetFaultAsync("garbage", null, ("times", "1"), ("command", function));

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => _panel.SwitchAsync(GasRoute.Bottle, s_none));
        await _device.ConnectAsync(s_none);
        GasPanelStatus after = await _panel.InspectAsync(s_none);
        await _panel.SwitchAsync(GasRoute.Bottle, s_none);

        Assert.True(fault.IsTransient);
        Assert.Equal(GasRoute.Bypass, after.Route); // the first write is that to the cell's valve, which was closed
        Assert.Equal(GasRoute.Bottle, (await _panel.InspectAsync(s_none)).Route);
    }

    [Fact]
    public async Task A_module_that_refuses_is_told_with_its_reason()
    {
        await _bench.SetFaultAsync("modbus-exception", null, ("code", "4"), ("times", "1"));

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => _panel.SwitchAsync(GasRoute.Bottle, s_none));

        Assert.Equal(FaultKind.Rejected, fault.Kind);
        Assert.Equal(GasRoute.Cell, (await _panel.InspectAsync(s_none)).Route);
    }

    [Fact]
    public async Task A_late_answer_is_not_taken_for_the_next_valve()
    {
        await _panel.SwitchAsync(GasRoute.Cell, s_none); // cell on, others off: shifted by one answer it would be no route
        await LateAnswers.LeaveOneAsync(_bench, _wire, _panel.InspectAsync);

        GasPanelStatus status = await InspectAsync(_device, _panel);

        Assert.Equal("cell on, bypass off, bottle off", status.Text);
    }

    [Fact]
    public async Task Silence_is_a_transient_fault_and_the_valves_stay_as_they_are()
    {
        await _panel.SwitchAsync(GasRoute.Bottle, s_none);
        _bench.Changes["settings:reply_timeout_s"] = "0.3";
        (_, IGasPanel hasty, _) = await ConnectAsync();
        await _bench.SetFaultAsync("never-answer");

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => hasty.SwitchAsync(GasRoute.Bypass, s_none));
        await _bench.ClearFaultAsync("never-answer");

        Assert.Equal((FaultKind.Unreachable, true), (fault.Kind, fault.IsTransient));
        Assert.Equal(GasRoute.Bottle, (await _panel.InspectAsync(s_none)).Route);
    }

    [Fact]
    public async Task A_cancelled_turn_leaves_a_route_and_the_next_one_works()
    {
        _bench.Changes["settings:break_s"] = "10";
        (IDevice device, IGasPanel slow, _) = await ConnectAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                await _panel.SwitchAsync(GasRoute.Bypass, s_none);
                using var cancel = new CancellationTokenSource();
                Task turning = slow.SwitchAsync(GasRoute.Bottle, cancel.Token);
                await Eventually.TrueAsync(async () => (await _panel.InspectAsync(s_none)).Route != GasRoute.Bypass, "the bypass to close");
                await cancel.CancelAsync();
                bool cancelled = await Record.ExceptionAsync(() => turning) is OperationCanceledException;
                await InspectAsync(device, slow);
                return cancelled;
            },
            "a turn that is cancelled between closing and opening");

        Assert.Equal(GasRoute.Cell, (await _panel.InspectAsync(s_none)).Route); // nothing is switched on: the cell is swept
        Assert.Equal(GasRoute.Cell, (await slow.InspectAsync(s_none)).Route);
        await _panel.SwitchAsync(GasRoute.Bottle, s_none);
        Assert.Equal(GasRoute.Bottle, (await slow.InspectAsync(s_none)).Route);
    }

    [Fact]
    public async Task The_cell_that_is_asked_for_while_the_valves_turn_is_what_stands_in_the_end()
    {
        foreach (GasRoute route in (GasRoute[])[GasRoute.Bottle, GasRoute.BottleThroughCell, GasRoute.Bypass])
        {
            Task turning = _panel.SwitchAsync(route, s_none);
            await _panel.SwitchAsync(GasRoute.Cell, s_none);
            await turning;

            Assert.Equal(GasRoute.Cell, (await _panel.InspectAsync(s_none)).Route);
        }
    }

    [Fact]
    public async Task What_another_master_turns_is_told_as_it_stands_and_not_as_ours()
    {
        (_, IGasPanel other, _) = await ConnectAsync();
        await _panel.SwitchAsync(GasRoute.Bottle, s_none);
        DateTimeOffset? ours = (await _panel.InspectAsync(s_none)).Since;

        await other.SwitchAsync(GasRoute.Bypass, s_none);
        GasPanelStatus status = await _panel.InspectAsync(s_none);
        await _panel.SwitchAsync(GasRoute.Bottle, s_none);

        Assert.NotNull(ours);
        Assert.Equal((GasRoute.Bypass, (DateTimeOffset?)null), (status.Route, status.Since));
        Assert.Equal(GasRoute.Bottle, (await other.InspectAsync(s_none)).Route);
        Assert.True((await _panel.InspectAsync(s_none)).Since >= ours);
    }

    [Fact]
    public async Task Two_masters_that_turn_at_the_same_time_leave_a_route_and_who_was_overruled_is_told()
    {
        (_, IGasPanel other, _) = await ConnectAsync();
        for (int i = 0; i < 5; i++)
        {
            Exception?[] faults = await Task.WhenAll(
                Record.ExceptionAsync(() => _panel.SwitchAsync(GasRoute.Bottle, s_none)), Record.ExceptionAsync(() => other.SwitchAsync(GasRoute.Bypass, s_none)));

            Assert.All(faults.OfType<Exception>(), fault => Assert.Equal(FaultKind.Rejected, Assert.IsType<DeviceFaultException>(fault).Kind));
            Assert.NotNull((await _panel.InspectAsync(s_none)).Route); // never two ways at once without a word
        }
    }

    [Fact]
    public async Task A_probe_while_the_valves_turn_and_afterwards_leaves_them_alone()
    {
        Assert.True(_device.TryGet(out IProbe? probe));
        Task turning = _panel.SwitchAsync(GasRoute.Bottle, s_none);
        await probe.ProbeAsync(s_none);
        await turning;
        GasPanelStatus before = await _panel.InspectAsync(s_none);

        (IDevice other, IGasPanel seen, _) = await ConnectAsync();
        Assert.True(other.TryGet(out IProbe? second));
        ProbeReport report = await second.ProbeAsync(s_none);

        Assert.Contains("bottle on", Assert.Single(report.Channels).StateText, StringComparison.Ordinal);
        Assert.Equal(before, await _panel.InspectAsync(s_none));
        Assert.Equal(GasRoute.Bottle, (await seen.InspectAsync(s_none)).Route);
    }

    /// <summary>A line that was left in the middle of an answer is opened again, as the Engine does.</summary>
    private static async Task<GasPanelStatus> InspectAsync(IDevice device, IGasPanel panel)
    {
        GasPanelStatus? status = null;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    status = await panel.InspectAsync(s_none);
                    return true;
                }
                catch (DeviceFaultException fault) when (fault.IsTransient)
                {
                    await device.ConnectAsync(s_none);
                    return false;
                }
            },
            "an answer");
        return status!;
    }

    /// <summary>A driver on a connection of its own.</summary>
    private async Task<(IDevice Device, IGasPanel Panel, OwnWire Wire)> ConnectAsync()
    {
        var wire = new OwnWire();
        IDevice device = _bench.CreateDevice(wire);
        await Eventually.TrueAsync(async () => await Record.ExceptionAsync(() => device.ConnectAsync(s_none)) is null, "a connection");
        return (device, device.TryGet(out IGasPanel? panel) ? panel : throw new InvalidOperationException("the device is no gas panel"), wire);
    }
}
