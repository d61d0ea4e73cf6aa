using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Drivers.Neware.Messages;
using CellLab.Drivers.Neware.Session;

namespace CellLab.Drivers.Neware.Control;

/// <summary>Reads one channel now: state word, test id, present values. The present values may be some seconds old on the BTS side; the state
/// is the one of getchlstatus.</summary>
internal sealed class NewareInspector(NewareRequests requests, NewareOptions options)
{
    public async Task<ChannelStatus> InspectAsync(ChannelAddress address, NewareChannel channel, CancellationToken cancellationToken)
    {
        string word = await requests.StateWordAsync(channel, cancellationToken);
        StoredCount stored = (await requests.CountsAsync([channel], NewareProtocol.PresentTest, cancellationToken))[0];
        Reply<PresentValues[]> present = await requests.PresentAsync([channel], cancellationToken);
        ChannelState state = NewareStatus.StateOf(word, options);
        return NewareStatus.Of(address, present.Value[0], present.ReceivedAtUtc, options) with
        {
            State = state == ChannelState.Finished && stored.TestId is null ? ChannelState.Idle : state,
            StateText = word,
            TestId = stored.TestId?.ToString(CultureInfo.InvariantCulture),
        };
    }
}
