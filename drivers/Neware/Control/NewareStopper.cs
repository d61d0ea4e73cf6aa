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
    /// <summary>Wall time for a reply at the first try; doubled at each further one, so that a slow BTS is not dropped for ever.</summary>
    private static readonly TimeSpan s_firstLimit = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan s_watchAfterLostStart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pauseAfterLoss = TimeSpan.FromMilliseconds(200);

    public async Task<ChannelStatus> StopAsync(ChannelAddress address, NewareChannel channel, CancellationToken cancellationToken)
    {
        orders.Add(address);
        using IDisposable first = session.BeginUrgentConversation();
        long began = clocks.Wall.GetTimestamp();
        string known = "nothing was heard";
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan limit = s_firstLimit * Math.Pow(2, Math.Min(attempt - 1, 3));
            try
            {
                string answer = await SendAsync(channel, limit, cancellationToken);
                known = $"the stop was answered '{answer}'";
                if (await WaitForEndAsync(address, channel, limit, began, cancellationToken) is { } status
                    && await StaysEndedAsync(address, channel, limit, cancellationToken))
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

    private async Task<string> SendAsync(NewareChannel channel, TimeSpan limit, CancellationToken cancellationToken) =>
        (await session.AskUrgentlyAsync(
            $"stop {channel}",
            ChannelCommandMessage.Write(ChannelCommandMessage.Stop, channel),
            frame => ChannelCommandMessage.Read(frame, ChannelCommandMessage.Stop, channel),
            limit,
            cancellationToken)).Value;

    /// <summary>Null when the test still runs after about two seconds: the stop is then sent again.</summary>
    private Task<ChannelStatus?> WaitForEndAsync(
        ChannelAddress address, NewareChannel channel, TimeSpan limit, long began, CancellationToken cancellationToken)
    {
        TimeSpan left = options.ConfirmTimeout - clocks.Wall.GetElapsedTime(began);
        TimeSpan patience = left < TimeSpan.FromSeconds(2) ? left : TimeSpan.FromSeconds(2);
        return Confirmation.WaitForAsync(clocks, patience, token => EndedAsync(address, channel, limit, token), cancellationToken);
    }

    /// <summary>A start whose answer was lost may be carried out after the stop: then the channel is watched a while longer.</summary>
    private async Task<bool> StaysEndedAsync(
        ChannelAddress address, NewareChannel channel, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (!orders.IsStartUncertain(address))
        {
            return true;
        }

        string? began = await Confirmation.WaitForAsync(
            clocks,
            s_watchAfterLostStart,
            async token => await EndedAsync(address, channel, limit, token) is null ? "it runs" : null,
            cancellationToken);
        orders.StartSettled(address);
        return began is null;
    }

    private async Task<ChannelStatus?> EndedAsync(
        ChannelAddress address, NewareChannel channel, TimeSpan limit, CancellationToken cancellationToken)
    {
        Reply<string> reply = await session.AskUrgentlyAsync(
            $"state of {channel}",
            ChannelStatusMessage.Write([channel]),
            frame => ChannelStatusMessage.Read(frame, [channel])[0],
            limit,
            cancellationToken);
        ChannelState state = NewareStatus.StateOf(reply.Value, options);
        return state is ChannelState.Idle or ChannelState.Finished or ChannelState.Stopped or ChannelState.Protected
            ? new ChannelStatus(address, state, reply.Value, reply.ReceivedAtUtc)
            : null;
    }
}
