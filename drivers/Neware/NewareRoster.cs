using CellLab.Core.Devices;
using CellLab.Drivers.Neware.Messages;

namespace CellLab.Drivers.Neware;

/// <summary>Which channels are ours and which of them are online: the configuration compared with the last device list. Immutable; a new
/// list makes a new roster.</summary>
internal sealed class NewareRoster
{
    public static readonly NewareRoster Empty = new(default, [], []);

    private readonly Dictionary<string, int> _places;

    private NewareRoster(DeviceId device, List<NewareChannel> online, IReadOnlyList<NewareChannelName> absent)
    {
        Online = online;
        _places = online.Select((c, i) => (c, i)).ToDictionary(p => p.c.Name.ToString(), p => p.i, StringComparer.Ordinal);
        Addresses = [.. online.Select(c => new ChannelAddress(device, c.Name.ToString()))];
        AbsentAddresses = [.. absent.Select(n => new ChannelAddress(device, n.ToString()))];
    }

    public List<NewareChannel> Online { get; }

    /// <summary>The same channels as <see cref="Online"/>, in the same order.</summary>
    public IReadOnlyList<ChannelAddress> Addresses { get; }

    /// <summary>Configured and not in the list.</summary>
    public IReadOnlyList<ChannelAddress> AbsentAddresses { get; }

    public NewareChannel? Find(ChannelAddress channel) => _places.TryGetValue(channel.Channel, out int place) ? Online[place] : null;

    /// <summary>Place in <see cref="Online"/>; -1 when the channel is not online.</summary>
    public int IndexOf(ChannelAddress channel) => _places.GetValueOrDefault(channel.Channel, -1);

    /// <exception cref="DeviceFaultException">No device is online, two channels share a name, or none of the configured channels is there.</exception>
    public static NewareRoster From(DeviceId device, NewareOptions options, DeviceList list)
    {
        if (list.Channels.Count == 0)
        {
            throw new DeviceFaultException(
                FaultKind.Unreachable, device, "the BTS client answers but reports no device online; check the cycler's power and network");
        }

        List<NewareChannel> candidates = [.. list.Channels.Where(c => options.DeviceType is null || c.DeviceType == options.DeviceType)];
        RefuseSharedNames(device, candidates);
        if (options.Channels.Count == 0)
        {
            return candidates.Count > 0 ? new NewareRoster(device, candidates, []) : throw NothingFits(device, options, list);
        }

        Dictionary<NewareChannelName, NewareChannel> byName = candidates.ToDictionary(c => c.Name);
        List<NewareChannel> online = [.. options.Channels.Where(byName.ContainsKey).Select(n => byName[n])];
        return online.Count > 0
            ? new NewareRoster(device, online, [.. options.Channels.Where(n => !byName.ContainsKey(n))])
            : throw NothingFits(device, options, list);
    }

    private static void RefuseSharedNames(DeviceId device, List<NewareChannel> candidates)
    {
        var seen = new HashSet<NewareChannelName>();
        if (candidates.FirstOrDefault(c => !seen.Add(c.Name)) is { } twice)
        {
            throw new DeviceFaultException(
                FaultKind.Configuration, device, $"two channels are called {twice}; set settings.devtype to choose one family");
        }
    }

    private static DeviceFaultException NothingFits(DeviceId device, NewareOptions options, DeviceList list)
    {
        string asked = options.Channels.Count > 0 ? string.Join(", ", options.Channels) : $"devtype {options.DeviceType}";
        string found = string.Join(", ", list.Channels.Take(16).Select(c => $"{c} (devtype {c.DeviceType})"));
        return new DeviceFaultException(
            FaultKind.Configuration, device, $"none of the configured channels ({asked}) is online; the BTS reports {found}; correct settings.channels");
    }
}
