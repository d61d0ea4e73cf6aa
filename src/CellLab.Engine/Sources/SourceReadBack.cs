using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Engine.Control;

namespace CellLab.Engine.Sources;

/// <summary>Reads, now and never from a cache, whether an output is off.</summary>
internal sealed class SourceReadBack(IDeviceLanes lanes)
{
    /// <returns>The voltage that the instrument sees (null when it tells none), or why the output does not count as off.</returns>
    public async Task<(LeaseAnswer Answer, double? Volts)> RequireOffAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        if (lanes.Find(channel.Device) is not { } supervisor)
        {
            return (new LeaseAnswer(LeaseOutcome.Refused, $"there is no device '{channel.Device}' to read {channel} back from"), null);
        }

        try
        {
            if (supervisor.Capability<IChannelBank>() is { } bank)
            {
                ChannelStatus found = await supervisor.RunAsync((_, token) => bank.InspectAsync(channel, token), cancellationToken);
                return (IsOff(found.State) ? LeaseAnswer.Granted : new LeaseAnswer(LeaseOutcome.Refused, NotOff(found)), found.VoltageVolts);
            }

            if (supervisor.Capability<ISafeState>() is { } safe)
            {
                await supervisor.RunAsync(
                    async (_, token) =>
                    {
                        await safe.OpenCircuitAsync(channel, token);
                        return true;
                    },
                    cancellationToken);
            }

            return (LeaseAnswer.Granted, null); // confirmed off; or an instrument that drives nothing
        }
        catch (DeviceFaultException fault)
        {
            return (new LeaseAnswer(fault.IsTransient ? LeaseOutcome.TryLater : LeaseOutcome.Refused, $"{channel} cannot be read back as off ({fault.Message})"), null);
        }
    }

    private static bool IsOff(ChannelState state) =>
        state is ChannelState.Idle or ChannelState.Finished or ChannelState.Stopped or ChannelState.Protected;

    private static string NotOff(ChannelStatus found) => string.Create(
        CultureInfo.InvariantCulture,
        $"{found.Channel} reads back as '{found.StateText}'{(found.Barcode is null ? "" : $" (test {found.TestId}, barcode '{found.Barcode}')")}, not as off: two sources must not be on one cell");
}
