using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
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
        ClockReading clock = await new NewareClock(requests, options).ReadAsync(roster, present, cancellationToken);
        string noise = await new NewareNoise(requests).FindAsync(roster.Online, present, cancellationToken);
        return new ProbeReport(
            new DeviceIdentity("NEWARE BTS 8.0", null, list.ClientVersion ?? list.ServerVersion), channels, clock, [.. Findings(roster, channels), noise]);
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
