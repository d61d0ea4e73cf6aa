using CellLab.Core.Devices;
using CellLab.Transport;
using CellLab.Transport.Recording;

namespace CellLab.Service.Offline.Instruments;

/// <summary>Records what passes on the wire of one device while it is probed and polled, without a service. Nothing is started or stopped.</summary>
public static class DeviceRecording
{
    /// <param name="file">A new file; the account of the device stands in it, so nobody else may read it.</param>
    /// <param name="duration">How long it is polled after the probe, wall time.</param>
    /// <returns>How often it was polled.</returns>
    /// <exception cref="DirectDeviceException">There is no such device, it has no wire, or a service holds it.</exception>
    /// <exception cref="DeviceFaultException">The device does not answer; what came before stands in the file.</exception>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static async Task<int> RecordAsync(
        string configurationFile, string id, string file, TimeSpan duration, TimeProvider wall, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        DirectDevice.RequireWire(configurationFile, id);
        await CreateAsync(file);
        using var recorder = new RecordingConnector(new WireConnector(wall), file, wall);
        await using DirectDevice direct = DirectDevice.Open(configurationFile, id, recorder, loggers);

        DeviceIdentity identity = await direct.Device.ConnectAsync(cancellationToken);
        await DeviceProbing.ReportAsync(direct.Device, identity, cancellationToken);
        return await PollAsync(direct.Device, duration, wall, cancellationToken);
    }

    private static async Task<int> PollAsync(IDevice device, TimeSpan duration, TimeProvider wall, CancellationToken cancellationToken)
    {
        long began = wall.GetTimestamp();
        int polls = 0;
        while (wall.GetElapsedTime(began) < duration)
        {
            await LookAsync(device, cancellationToken);
            polls++;
            await Task.Delay(TimeSpan.FromSeconds(1), wall, cancellationToken);
        }

        return polls;
    }

    private static async Task LookAsync(IDevice device, CancellationToken cancellationToken)
    {
        if (device.TryGet<IChannelBank>(out IChannelBank? bank))
        {
            await bank.PollAsync([], cancellationToken);
        }

        if (device.TryGet<ISourceMeter>(out ISourceMeter? outputs))
        {
            foreach (ChannelAddress output in outputs.Outputs)
            {
                await outputs.MeasureAsync(output, cancellationToken);
            }
        }

        if (device.TryGet<IGasAnalyzer>(out IGasAnalyzer? analyzer))
        {
            await analyzer.InspectAsync(cancellationToken);
        }
    }

    private static async Task CreateAsync(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await new FileStream(file, options).DisposeAsync();
    }
}
