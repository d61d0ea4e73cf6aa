namespace CellLab.Service.Telemetry;

public enum TelemetryProtocol
{
    /// <summary>OTLP as Protocol Buffers over HTTP/1.1; a collector listens for it on 4318.</summary>
    HttpProtobuf,

    /// <summary>OTLP over gRPC; 4317.</summary>
    Grpc,
}

/// <summary>The section <c>telemetry</c> of the configuration: the OpenTelemetry collector that this node's figures and traces go to.</summary>
public sealed record TelemetrySettings(Uri Endpoint, TelemetryProtocol Protocol)
{
    public string ServiceName { get; init; } = "celllab";

    /// <summary>Full path of a file with one <c>name: value</c> a line, for what the collector has to be shown. Null: nothing.</summary>
    public string? HeadersFile { get; init; }

    /// <summary>Name of the environment variable that has <c>name=value,name=value</c> instead.</summary>
    public string? HeadersVariable { get; init; }

    public bool Metrics { get; init; } = true;

    /// <summary>Wall time from one sending of all figures to the next.</summary>
    public TimeSpan MetricsInterval { get; init; } = TimeSpan.FromSeconds(60);

    public bool Traces { get; init; } = true;

    /// <summary>Share of the spans that come many times a second (commits, messages published) that is sent.</summary>
    public double FrequentShare { get; init; } = 0.01;
}
