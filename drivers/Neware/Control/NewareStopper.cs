using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Neware.Messages;
using CellLab.Drivers.Neware.Session;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Neware.Control;

/// <summary>Stops a test ahead of everything else and confirms it by the channel's state. Sending a stop twice does no harm, so lost exchanges
/// are repeated on a new connection.</summary>
internal sealed class NewareStopper(NewareSession session, StopOrders orders, NewareOptions options, Clocks clocks, ILogger logger)
{
    private static readonly TimeSpan s_pauseAfterLoss = TimeSpan.FromMilliseconds(200);

    public async Task<ChannelStatus> StopAsync(ChannelAddress address, NewareChannel channel, CancellationToken cancellationToken)
    {
        orders.Add(address);
        using IDisposable first = session.BeginUrgentConversation();
        long began = clocks.Wall.GetTimestamp();
        string known = "nothing was heard";
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                string answer = await SendAsync(channel, cancellationToken);
                known = $"the stop was answered '{answer}'";
                if (await WaitForEndAsync(address, channel, began, cancellationToken) is { } status)
                {
                    Log.StopConfirmed(logger, address, status.StateText);
                    return status;
                }
            }
            catch (DeviceFaultException fault)
            {
                known = fault.Message;
                Log.StopTryFailed(logger, address, attempt, fault.Message);
                await Task.Delay(s_pauseAfterLoss, clocks.Wall, cancellationToken);
            }

            if (clocks.Wall.GetElapsedTime(began) > options.ConfirmTimeout)
            {
                throw new DeviceFaultException(
                    FaultKind.Unreachable,
                    address.Device,
                    $"{address}: the stop is NOT confirmed after {attempt} tries in {clocks.Wall.GetElapsedTime(began).TotalSeconds:0.#} s ({known}); look at the channel now");
            }
        }
    }

    private async Task<string> SendAsync(NewareChannel channel, CancellationToken cancellationToken) =>
        (await session.AskUrgentlyAsync(
            $"stop {channel}",
            ChannelCommandMessage.Write(ChannelCommandMessage.Stop, channel),
            frame => ChannelCommandMessage.Read(frame, ChannelCommandMessage.Stop, channel),
            cancellationToken)).Value;

    /// <summary>Null when the test still runs after about two seconds: the stop is then sent again.</summary>
    private Task<ChannelStatus?> WaitForEndAsync(
        ChannelAddress address, NewareChannel channel, long began, CancellationToken cancellationToken)
    {
        TimeSpan left = options.ConfirmTimeout - clocks.Wall.GetElapsedTime(began);
        TimeSpan limit = left < TimeSpan.FromSeconds(2) ? left : TimeSpan.FromSeconds(2);
        return Confirmation.WaitForAsync(clocks, limit, token => EndedAsync(address, channel, token), cancellationToken);
    }

    private async Task<ChannelStatus?> EndedAsync(ChannelAddress address, NewareChannel channel, CancellationToken cancellationToken)
    {
        Reply<string> reply = await session.AskUrgentlyAsync(
            $"state of {channel}",
            ChannelStatusMessage.Write([channel]),
            frame => ChannelStatusMessage.Read(frame, [channel])[0],
            cancellationToken);
        ChannelState state = NewareStatus.StateOf(reply.Value, options);
        return state is ChannelState.Idle or ChannelState.Finished or ChannelState.Stopped or ChannelState.Protected
            ? new ChannelStatus(address, state, reply.Value, reply.ReceivedAtUtc)
            : null;
    }
}
