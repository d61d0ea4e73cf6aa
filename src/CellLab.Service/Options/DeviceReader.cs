using CellLab.Core.Devices;
using Microsoft.Extensions.Configuration;

namespace CellLab.Service.Options;

/// <summary>Reads one entry of <c>devices</c>.</summary>
internal static class DeviceReader
{
    private static readonly string[] Kinds = ["tcp", "serial", "rfc2217", "folder", "manual"];

    public static DeviceEntry Read(ConfigurationSection section, IConfigurationSection raw)
    {
        section.OptionalSection("settings"); // its driver reads it
        var entry = new DeviceEntry(
            Identifier.Read(section, "id"),
            section.Text("driver"),
            section.OptionalText("profile"),
            section.Flag("simulated", false),
            section.OptionalSection("connection") is { } connection ? ReadConnection(connection) : null,
            raw);
        section.Finish();
        return entry;
    }

    public static ChannelAddress Channel(ConfigurationSection pipeline, KeyValuePair<string, string> role)
    {
        try
        {
            return ChannelAddress.Parse(role.Value);
        }
        catch (FormatException error)
        {
            throw pipeline.Wrong($"roles.{role.Key}", error.Message, "Write the device's id, a dot and the channel's name");
        }
    }

    private static ConnectionEntry ReadConnection(ConfigurationSection section)
    {
        string kind = section.Text("kind");
        if (!Kinds.Contains(kind, StringComparer.Ordinal))
        {
            throw section.Wrong("kind", $"'{kind}' is not known", $"Use one of {string.Join(", ", Kinds)}");
        }

        var entry = new ConnectionEntry(
            kind,
            section.OptionalText("host"),
            section.OptionalNumber("port", 1, 65535),
            section.OptionalText("path"),
            section.OptionalNumber("baud", 50, 4_000_000),
            section.OptionalNumber("unit", 0, 255),
            section.OptionalText("user"),
            section.OptionalText("password"));
        AcceptLineSettings(section);
        section.Finish();
        RequireParts(section, entry);
        return entry;
    }

    /// <summary>The driver reads them, and knows what its instrument needs.</summary>
    private static void AcceptLineSettings(ConfigurationSection section)
    {
        section.OptionalNumber("data_bits", 7, 8);
        section.OptionalNumber("stop_bits", 1, 2);
        section.OptionalText("parity");
        section.OptionalText("flow");
        section.OptionalText("through");
    }

    private static void RequireParts(ConfigurationSection section, ConnectionEntry entry)
    {
        if (entry.Kind is "tcp" or "rfc2217" && (entry.Host is null || entry.Port is null))
        {
            throw section.Wrong(entry.Host is null ? "host" : "port", "missing", $"A {entry.Kind} connection needs host and port");
        }

        if (entry.Kind is "serial" or "folder" && entry.Path is null)
        {
            throw section.Wrong("path", "missing", $"A {entry.Kind} connection needs the path");
        }
    }
}
