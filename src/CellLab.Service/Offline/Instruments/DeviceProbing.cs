using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Service.Rest;
using CellLab.Service.Rest.Bench;

namespace CellLab.Service.Offline.Instruments;

/// <summary>The health check of one device without a service.</summary>
public static class DeviceProbing
{
    /// <returns>The same body that the service answers with.</returns>
    /// <exception cref="DirectDeviceException">There is no such device, or a service holds it.</exception>
    /// <exception cref="DeviceFaultException">The device does not answer.</exception>
    public static async Task<JsonElement> ProbeAsync(string configurationFile, string id, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        await using DirectDevice direct = DirectDevice.Open(configurationFile, id, null, loggers);
        DeviceIdentity identity = await direct.Device.ConnectAsync(cancellationToken);
        ProbeReport report = await ReportAsync(direct.Device, identity, cancellationToken);
        return JsonSerializer.SerializeToElement(ProbeBody.Of(report), RestJson.Options);
    }

    /// <summary>Of a driver without a probe of its own: what it says at connect and the states of its channels.</summary>
    internal static async Task<ProbeReport> ReportAsync(IDevice device, DeviceIdentity identity, CancellationToken cancellationToken)
    {
        if (device.TryGet<IProbe>(out IProbe? probe))
        {
            return await probe.ProbeAsync(cancellationToken);
        }

        IReadOnlyList<ChannelStatus> states = device.TryGet<IChannelBank>(out IChannelBank? bank) ? (await bank.PollAsync([], cancellationToken)).States : [];
        return new ProbeReport(identity, states, new ClockReading("this driver does not tell its instrument's clock"), ["this driver has no probe of its own: identity and channels only"]);
    }
}
