using CellLab.Core.Devices;
using CellLab.Service.Hosting;

namespace CellLab.Service.Options;

/// <summary>What single members cannot show: repeated names, pipelines that point nowhere, channels used twice.</summary>
internal static class ConfigurationRules
{
    public const string CyclerRole = "cycler";

    private const string EisRole = "eis";

    private static readonly string[] s_roles = [CyclerRole, EisRole, "ms", "xrd"];

    public static void Check(ServiceConfiguration configuration, string file)
    {
        NoDuplicates(file, "devices", [.. configuration.Devices.Select(device => device.Id)]);
        NoDuplicates(file, "pipelines", [.. configuration.Pipelines.Select(pipeline => pipeline.Id)]);
        for (int index = 0; index < configuration.Pipelines.Count; index++)
        {
            CheckRoles(configuration, file, index);
        }

        CheckChannelsUsedOnce(configuration, file);
    }

    /// <summary>A clock that is not real time may only drive simulated devices: a real cell would be cycled by a wrong clock.</summary>
    public static void CheckSpeed(ServiceConfiguration configuration, double speed)
    {
        DeviceEntry? real = configuration.Devices.FirstOrDefault(device => !device.Simulated);
        if (Math.Abs(speed - 1.0) > 1e-9 && real is not null)
        {
            throw StartRefusedException.At(
                configuration.File,
                $"devices[{configuration.Devices.ToList().IndexOf(real)}]",
                FormattableString.Invariant($"'{real.Id}' is a real device, but the clock runs {speed} times as fast as real time"),
                "Start without --clock, or mark the device \"simulated\": true if it is one");
        }
    }

    private static void NoDuplicates(string file, string list, IReadOnlyList<string> ids)
    {
        for (int index = 1; index < ids.Count; index++)
        {
            if (ids.Take(index).Contains(ids[index], StringComparer.Ordinal))
            {
                throw StartRefusedException.At(file, $"{list}[{index}].id", $"'{ids[index]}' stands there twice", "Give each its own id");
            }
        }
    }

    private static void CheckRoles(ServiceConfiguration configuration, string file, int index)
    {
        PipelineEntry pipeline = configuration.Pipelines[index];
        if (!pipeline.Roles.ContainsKey(CyclerRole))
        {
            throw StartRefusedException.At(
                file, $"pipelines[{index}].roles", "no cycler", "Add \"cycler\": \"device.channel\"; every pipeline needs one");
        }

        if (pipeline.Gas?.Panel is { } panel && configuration.Devices.All(device => device.Id != panel.Value))
        {
            throw StartRefusedException.At(file, $"pipelines[{index}].gas.panel", $"there is no device '{panel}'", $"Configured devices: {string.Join(", ", configuration.Devices.Select(device => device.Id))}");
        }

        foreach ((string role, ChannelAddress channel) in pipeline.Roles)
        {
            if (!s_roles.Contains(role, StringComparer.Ordinal))
            {
                throw StartRefusedException.At(file, $"pipelines[{index}].roles.{role}", "unknown role", $"Known: {string.Join(", ", s_roles)}");
            }

            if (configuration.Devices.All(device => device.Id != channel.Device.Value))
            {
                string devices = configuration.Devices.Count == 0 ? "none" : string.Join(", ", configuration.Devices.Select(device => device.Id));
                throw StartRefusedException.At(
                    file, $"pipelines[{index}].roles.{role}", $"there is no device '{channel.Device}'", $"Configured devices: {devices}");
            }
        }
    }

    private static void CheckChannelsUsedOnce(ServiceConfiguration configuration, string file)
    {
        var owners = new Dictionary<ChannelAddress, string>();
        for (int index = 0; index < configuration.Pipelines.Count; index++)
        {
            PipelineEntry pipeline = configuration.Pipelines[index];
            foreach ((string role, ChannelAddress channel) in pipeline.Roles.Where(role => !IsOwnPotentiostat(pipeline, role.Key, role.Value)))
            {
                if (!owners.TryAdd(channel, pipeline.Id))
                {
                    throw StartRefusedException.At(
                        file, $"pipelines[{index}].roles.{role}", $"channel {channel} belongs to pipeline '{owners[channel]}' already",
                        "A channel holds one cell: use another channel");
                }
            }
        }
    }

    /// <summary>A potentiostat that cycles the cell and measures its impedance itself.</summary>
    private static bool IsOwnPotentiostat(PipelineEntry pipeline, string role, ChannelAddress channel) =>
        role == EisRole && pipeline.Roles.TryGetValue(CyclerRole, out ChannelAddress cycler) && cycler == channel;
}
