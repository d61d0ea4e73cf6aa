using System.Text;
using System.Text.Json;
using CellLab.Messaging.Broker;
using CellLab.Messaging.Clients;
using CellLab.Service.Hosting;
using CellLab.Service.Notifying;
using CellLab.Service.Telemetry;
using CellLab.Service.Watching;
using Microsoft.Extensions.Configuration;

namespace CellLab.Service.Options;

/// <summary>Reads a configuration file: JSON, comments and trailing commas allowed, no unknown and no repeated members.</summary>
public static class ConfigurationFile
{
    private const int DefaultMqttPort = 18830;
    private const int DefaultStartLatenessMinutes = 60;

    private static readonly JsonDocumentOptions Reading = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <exception cref="StartRefusedException">The file cannot be read or says something that cannot be right.</exception>
    public static ServiceConfiguration Load(string file)
    {
        string full = Path.GetFullPath(file);
        string text = ReadText(file, full);
        using JsonDocument document = Parse(file, text);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new StartRefusedException($"{file}: an object in braces is expected at the top. See docs/reference/configuration.md.");
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            var root = new ConfigurationSection(file, "", document.RootElement);
            ServiceConfiguration configuration = Read(root, full, new ConfigurationBuilder().AddJsonStream(new MemoryStream(bytes)).Build());
            ConfigurationRules.Check(configuration, file);
            return configuration;
        }
        catch (StartRefusedException refused) when (refused.Path is { } path)
        {
            throw refused.OnLine(file, MemberLines.LineOf(bytes, path));
        }
    }

    private static string ReadText(string file, string full)
    {
        if (Directory.Exists(full))
        {
            throw new StartRefusedException($"{file}: a folder stands where the configuration file is expected. Name a file with --config FILE.");
        }

        try
        {
            return File.ReadAllText(full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"{file}: the configuration cannot be read ({error.Message}). Name an existing file with --config FILE; config/celllab.json is an example.",
                error);
        }
    }

    private static JsonDocument Parse(string file, string text)
    {
        try
        {
            return JsonDocument.Parse(text, Reading);
        }
        catch (JsonException error)
        {
            string place = error.LineNumber is { } line ? $"{file}:{line + 1}:{error.BytePositionInLine + 1}" : file;
            string reason = string.IsNullOrWhiteSpace(text) ? "the file is empty." : error.Message.Split(" LineNumber:")[0];
            throw new StartRefusedException($"{place}: not valid JSON: {reason} Correct the file at that place.", error);
        }
    }

    private static ServiceConfiguration Read(ConfigurationSection root, string full, IConfiguration raw)
    {
        string? schema = root.OptionalText("$schema");
        _ = schema; // for editors
        var configuration = new ServiceConfiguration(
            full,
            Identifier.Read(root, "site"),
            Identifier.Check(root, "node", root.OptionalText("node") ?? "node1"),
            HttpReader.Read(root, Path.GetDirectoryName(full)!),
            ReadMqtt(root, full),
            DataFolder(root, full),
            [.. root.Sections("pipelines").Select(PipelineReader.Read)],
            [.. root.Sections("devices").Select((device, index) => DeviceReader.Read(device, raw.GetSection($"devices:{index}")))])
        {
            Notify = NotifyReader.Read(root, Path.GetDirectoryName(full)!),
            Alarms = WatchReader.Read(root),
            Telemetry = TelemetryReader.Read(root, Path.GetDirectoryName(full)!),
            Archive = ArchiveReader.Read(root, Path.GetDirectoryName(full)!, DataFolder(root, full)),
            StartLateness = TimeSpan.FromMinutes(root.OptionalNumber("start_lateness_min", 0, 10080) ?? DefaultStartLatenessMinutes),
        };
        root.Finish();
        return configuration;
    }

    private static string DataFolder(ConfigurationSection root, string full) =>
        Path.GetFullPath(root.OptionalText("data") ?? "data", Path.GetDirectoryName(full)!);

    private static MqttEntry ReadMqtt(ConfigurationSection root, string full)
    {
        ConfigurationSection? mqtt = root.OptionalSection("mqtt");
        if (mqtt is null)
        {
            return new MqttEntry("127.0.0.1", DefaultMqttPort, Managed: true);
        }

        var entry = new MqttEntry(
            mqtt.OptionalText("host") ?? "127.0.0.1", mqtt.OptionalNumber("port", 1, 65535) ?? DefaultMqttPort, mqtt.Flag("managed", true))
        {
            Client = mqtt.Word("client", ("libmosquitto", MessageClientKind.LibMosquitto), ("mqttnet", MessageClientKind.MqttNet)),
            User = mqtt.OptionalText("user"),
            PasswordFile = mqtt.OptionalText("password_file") is { } file ? Path.GetFullPath(file, Path.GetDirectoryName(full)!) : null,
            Broker = mqtt.Word("broker", ("mosquitto", BrokerKind.Mosquitto), ("mqttnet", BrokerKind.MqttNet)),
        };
        mqtt.Finish();
        return entry;
    }
}
