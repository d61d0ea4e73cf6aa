using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.Neware.Following;
using CellLab.Drivers.Neware.Messages;
using CellLab.Drivers.Neware.Session;

namespace CellLab.Drivers.Neware;

/// <summary>A read-only look at the whole system.</summary>
internal sealed class NewareProbe(NewareRequests requests, NewareOptions options, Clocks clocks)
{
    public async Task<ProbeReport> ProbeAsync(NewareRoster roster, CancellationToken cancellationToken)
    {
        DeviceList list = await requests.DevicesAsync(cancellationToken);
        Reply<PresentValues[]> present = await requests.PresentAsync(roster.Online, cancellationToken);
        ChannelStatus[] channels = [.. roster.Addresses.Select((a, i) => NewareStatus.Of(a, present.Value[i], present.ReceivedAtUtc, options))];
        double? offset = await ClockOffsetAsync(roster, present, cancellationToken);
        return new ProbeReport(
            new DeviceIdentity("NEWARE BTS 8.0", null, list.ClientVersion ?? list.ServerVersion), channels, offset, [.. Findings(roster, channels)]);
    }

    /// <summary>From the first running channel: start by the PC's clock (its first record) less start by ours (total time told). Null when
    /// nothing runs.</summary>
    private async Task<double?> ClockOffsetAsync(NewareRoster roster, Reply<PresentValues[]> present, CancellationToken cancellationToken)
    {
        for (int i = 0; i < roster.Online.Count; i++)
        {
            PresentValues values = present.Value[i];
            if (values.TestSeconds is not { } seconds || NewareProtocol.StateOf(values.State) != ChannelState.Running)
            {
                continue;
            }

            Reply<RecordPage> first = await requests.DownloadAsync(roster.Online[i], NewareProtocol.PresentTest, 1, 1, cancellationToken);
            if (first.Value.Records is [var record, ..])
            {
                DateTimeOffset startByUs = present.MiddleUtc - TimeSpan.FromSeconds(seconds);
                DateTimeOffset startByPc = new PcClock(options.TimeZone).ToUtc(record.LocalTime, startByUs) - TimeSpan.FromSeconds(record.StepSeconds);
                return (startByPc - startByUs).TotalSeconds;
            }
        }

        return null;
    }

    private IEnumerable<string> Findings(NewareRoster roster, IReadOnlyList<ChannelStatus> channels)
    {
        foreach (ChannelAddress absent in roster.AbsentAddresses)
        {
            yield return $"{absent} is configured but not online";
        }

        foreach (ChannelStatus status in channels.Where(c => c.State == ChannelState.Unknown))
        {
            yield return $"{status.Channel} reports the state '{status.StateText}', which this driver does not know";
        }

        foreach (string hint in WiringHints.Of(channels))
        {
            yield return hint;
        }

        if (!Directory.Exists(options.StepFileFolder))
        {
            yield return $"the step-file folder {options.StepFileFolder} does not exist";
        }

        if (clocks.Lab.Speed == 1)
        {
            yield return "checked against recordings and the simulated bench only, not on this hardware";
        }
    }
}
