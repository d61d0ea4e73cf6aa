using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Neware.Messages;

namespace CellLab.Drivers.Neware.Control;

/// <summary>Pause and continue, as far as the interface offers them: a pause can only be reserved, and whether one "at once" works was never
/// verified on hardware.</summary>
internal sealed class NewarePauser(NewareRequests requests, NewareInspector inspector, NewareOptions options, Clocks clocks)
{
    /// <summary>Whether the channel was seen paused. A reservation that has not shown yet stays with the instrument.</summary>
    public async Task<bool> PauseAsync(ChannelAddress address, NewareChannel channel, CancellationToken cancellationToken)
    {
        string word = await requests.StateWordAsync(channel, cancellationToken);
        ChannelState state = NewareStatus.StateOf(word, options);
        if (state != ChannelState.Running)
        {
            return state == ChannelState.Paused;
        }

        string answer = await requests.CommandAsync(PauseMessage.Command, PauseMessage.Write(channel), channel, cancellationToken);
        if (answer == NewareProtocol.Refused)
        {
            return false;
        }

        return await WaitForAsync(address, channel, ChannelState.Paused, options.PauseTimeout, cancellationToken) is not null;
    }

    public async Task<ChannelStatus> ContinueAsync(ChannelAddress address, NewareChannel channel, CancellationToken cancellationToken)
    {
        ChannelStatus before = await inspector.InspectAsync(address, channel, cancellationToken);
        if (before.State != ChannelState.Paused)
        {
            throw Fault(address, FaultKind.Rejected, $"not continued: its state is '{before.StateText}', expected pause");
        }

        string answer = await requests.CommandAsync(
            ChannelCommandMessage.Continue, ChannelCommandMessage.Write(ChannelCommandMessage.Continue, channel), channel, cancellationToken);
        if (answer == NewareProtocol.Refused)
        {
            throw Fault(address, FaultKind.Rejected, "the BTS refused to continue and gives no reason; see the log of the BTS client");
        }

        return await WaitForAsync(address, channel, ChannelState.Running, options.ConfirmTimeout, cancellationToken)
            ?? throw Fault(
                address,
                FaultKind.Unreachable,
                $"continue was sent but the channel was not seen working within {options.ConfirmTimeout.TotalSeconds:0} s; look at the channel");
    }

    private Task<ChannelStatus?> WaitForAsync(
        ChannelAddress address, NewareChannel channel, ChannelState wanted, TimeSpan limit, CancellationToken cancellationToken) =>
        Confirmation.WaitForAsync(
            clocks,
            limit,
            async token =>
            {
                ChannelStatus now = await inspector.InspectAsync(address, channel, token);
                return now.State == wanted ? now : null;
            },
            cancellationToken);

    private static DeviceFaultException Fault(ChannelAddress channel, FaultKind kind, string message) =>
        new(kind, channel.Device, $"{channel}: {message}");
}
