using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.Neware.Messages;
using CellLab.Drivers.Neware.Session;

namespace CellLab.Drivers.Neware;

/// <summary>Noise of the voltages at rest, by asking for the present values a few times. The BTS rounds them to 0.1 mV and may tell one reading twice.</summary>
internal sealed class NewareNoise(NewareRequests requests)
{
    /// <param name="present">The first reading of every channel.</param>
    public async Task<string> FindAsync(IReadOnlyList<NewareChannel> channels, Reply<PresentValues[]> present, CancellationToken cancellationToken)
    {
        int[] resting = [.. Enumerable.Range(0, channels.Count).Where(i => IsResting(present.Value[i]))];
        if (resting.Length == 0)
        {
            return ReadingNoise.NotTold("no channel is at rest, and what a cell does under current cannot be told from noise");
        }

        List<PresentValues[]> readings = [[.. resting.Select(i => present.Value[i])]];
        NewareChannel[] asked = [.. resting.Select(i => channels[i])];
        while (readings.Count < ReadingNoise.Readings)
        {
            readings.Add((await requests.PresentAsync(asked, cancellationToken)).Value);
        }

        return Told([.. asked.Select((channel, i) => (channel, ReadingNoise.StandardDeviation([.. readings.Select(r => r[i].VoltageVolts).OfType<double>()])))]);
    }

    private static bool IsResting(PresentValues values) =>
        values.VoltageVolts is not null
        && NewareProtocol.StateOf(values.State) is not (ChannelState.Running or ChannelState.Paused or ChannelState.Unknown);

    private static string Told(IReadOnlyList<(NewareChannel Channel, double Volts)> noise)
    {
        (NewareChannel worst, double most) = noise.MaxBy(one => one.Volts);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"voltage noise up to {most * 1e3:0.###} mV ({worst}; standard deviation of {ReadingNoise.Readings} readings, as fast as they come, of {noise.Count} channels at rest; the BTS rounds to 0.1 mV and may tell a reading twice)");
    }
}
