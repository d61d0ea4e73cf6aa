using CellLab.Core.Devices;
using CellLab.Engine.Setup;
using CellLab.Engine.Stages;
using CellLab.Engine.Supervision;

namespace CellLab.Engine.Gas;

/// <summary>The valves of a pipeline's gas line: turned by the service, or by a person who is told what to do.</summary>
internal sealed class GasPanels(StageTools tools)
{
    /// <summary>The service cannot turn the valves.</summary>
    public bool IsByHand(GasSetup gas) => Panel(gas) is not { } panel || panel.Capability.TurnedByHand;

    public CarrierFlow? Carrier(GasSetup gas) => Panel(gas)?.Capability.Carrier ?? gas.Carrier;

    /// <exception cref="DeviceFaultException">The read-back shows something else, or the panel does not answer.</exception>
    public async Task SwitchAsync(GasSetup gas, GasRoute route, CancellationToken cancellationToken)
    {
        if (Panel(gas) is not { } panel)
        {
            return;
        }

        await panel.Supervisor.RunAsync(
            async (_, token) =>
            {
                await panel.Capability.SwitchAsync(route, token);
                return true;
            },
            cancellationToken);
    }

    /// <summary>What a person is to do.</summary>
    public string TaskFor(GasSetup gas, GasRoute route) => Panel(gas)?.Capability.TaskFor(route) ?? (route == GasRoute.Cell
        ? "Lead the carrier gas through the cell to the spectrometer"
        : "Lead the calibration gas to the spectrometer, round the cell");

    public void Confirm(GasSetup gas, GasRoute route, string who, DateTimeOffset at)
    {
        if (Panel(gas) is { Capability: { TurnedByHand: true } panel })
        {
            panel.Confirm(route, who, at);
        }
    }

    private (DeviceSupervisor Supervisor, IGasPanel Capability)? Panel(GasSetup gas) =>
        gas.Panel is { } device ? tools.Require<IGasPanel>(device, "is no gas panel") : null;
}
