using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Time;

namespace CellLab.Engine.Hosted;

/// <summary>An output and its test in the words that every channel has.</summary>
internal static class HostedStatus
{
    public static ChannelStatus Of(ChannelAddress channel, HostedRun? run, HostedOutput output, Clocks clocks)
    {
        (ChannelState state, string text) = output.IsUnconfirmed ? Unconfirmed(run) : output.IsKnown ? StateOf(run) : (ChannelState.Unknown, "not read yet");
        return new ChannelStatus(
            channel, state, text, output.Last?.TakenAtUtc ?? clocks.Lab.GetUtcNow(), output.Last?.VoltageVolts, output.Last?.CurrentAmperes,
            run?.TestId, run?.Barcode, run is { IsStepping: true } ? run.StepNumber : null);
    }

    /// <summary>As long as an output may be on, its test is not over.</summary>
    private static (ChannelState, string) Unconfirmed(HostedRun? run) =>
        (run is null ? ChannelState.Faulted : ChannelState.Running, "the output is NOT confirmed off");

    private static (ChannelState, string) StateOf(HostedRun? run) => run switch
    {
        null => (ChannelState.Idle, "idle"),
        { IsStopped: true } => (ChannelState.Stopped, "stopped"),
        { Phase: MachinePhase.Running } => (ChannelState.Running, "stepped by the service"),
        { Phase: MachinePhase.Paused } => (ChannelState.Paused, run.HeldBecause is { } because ? $"held: {because}" : "paused"),
        { Phase: MachinePhase.LimitPassed } => (ChannelState.Protected, run.LimitText ?? "limit passed"),
        _ => (ChannelState.Finished, "finished"),
    };
}
