using CellLab.Service.Options;

namespace CellLab.Service.Telemetry;

/// <summary>Reads <c>telemetry</c> of the configuration.</summary>
internal static class TelemetryReader
{
    public static TelemetrySettings? Read(ConfigurationSection root, string folder)
    {
        if (root.OptionalSection("telemetry") is not { } section)
        {
            return null;
        }

        TelemetryProtocol protocol = section.Word("protocol", ("http/protobuf", TelemetryProtocol.HttpProtobuf), ("grpc", TelemetryProtocol.Grpc));
        var standard = new TelemetrySettings(Endpoint(section), protocol);
        TelemetrySettings settings = standard with
        {
            ServiceName = section.OptionalText("service_name") ?? standard.ServiceName,
            HeadersFile = section.OptionalText("headers_file") is { } file ? Path.GetFullPath(file, folder) : null,
            HeadersVariable = section.OptionalText("headers_environment"),
            Metrics = section.Flag("metrics", true),
            MetricsInterval = section.OptionalNumber("interval_s", 1, 3600) is { } interval ? TimeSpan.FromSeconds(interval) : standard.MetricsInterval,
            Traces = section.Flag("traces", true),
            FrequentShare = (section.OptionalQuantity("frequent_traces_percent", 0, 100) ?? 1) / 100,
        };
        section.Finish();
        CheckHeaders(section, settings);
        return settings;
    }

    private static Uri Endpoint(ConfigurationSection section) =>
        Uri.TryCreate(section.Text("endpoint"), UriKind.Absolute, out Uri? url) && url is { Scheme: "http" or "https", UserInfo: "", Query: "" }
            ? url
            : throw section.Wrong("endpoint", "no address of a collector", "Write for example http://127.0.0.1:4318; what is secret goes into headers_file");

    private static void CheckHeaders(ConfigurationSection section, TelemetrySettings settings)
    {
        string member = settings.HeadersFile is null ? "headers_environment" : "headers_file";
        if (settings is { HeadersFile: not null, HeadersVariable: not null })
        {
            throw section.Wrong(member, "headers_environment stands there too", "Keep one of both");
        }

        try
        {
            _ = CollectorHeaders.Read(settings);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw section.Wrong(member, error.Message, "Put one 'name: value' on each line of the file, or name=value,name=value into the variable");
        }
    }
}
