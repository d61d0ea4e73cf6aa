using CellLab.Core.Devices;
using CellLab.Core.Time;

namespace CellLab.Drivers.Neware.Following;

/// <summary>Channels whose replies cannot be read again and again (a hole in the data base of the BTS, a damaged token): each such reply costs the
/// connection, so they are asked rarely, and the other channels of the cabinet go on. Lives over connections. Not safe for several threads.</summary>
internal sealed class ChannelTroubles(Clocks clocks)
{
    private const int Tolerated = 1;

    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Trouble> _troubles = new(StringComparer.Ordinal);

    /// <summary>True while the channel is not to be asked; what to say of that comes once for each trouble.</summary>
    public bool IsHeldOff(ChannelAddress channel, out string? note)
    {
        note = null;
        if (!_troubles.TryGetValue(channel.Channel, out Trouble? trouble) || trouble.Times <= Tolerated || clocks.Wall.GetElapsedTime(trouble.SinceWall) >= PauseOf(trouble))
        {
            return false;
        }

        note = trouble.IsTold ? null : $"the records of this channel cannot be read ({trouble.Reason}); it is asked again in {PauseOf(trouble).TotalMinutes:0} min, the other channels go on";
        trouble.IsTold = true;
        return true;
    }

    public void Failed(ChannelAddress channel, DeviceFaultException fault)
    {
        int times = _troubles.TryGetValue(channel.Channel, out Trouble? before) ? before.Times + 1 : 1;
        _troubles[channel.Channel] = new Trouble(times, clocks.Wall.GetTimestamp(), fault.Message);
    }

    public void Served(ChannelAddress channel) => _troubles.Remove(channel.Channel);

    private static TimeSpan PauseOf(Trouble trouble)
    {
        TimeSpan pause = s_shortest * Math.Pow(2, Math.Min(trouble.Times - Tolerated - 1, 10));
        return pause < s_longest ? pause : s_longest;
    }

    private sealed record Trouble(int Times, long SinceWall, string Reason)
    {
        public bool IsTold { get; set; }
    }
}
