using CellLab.Service.Hosting;
using CellLab.Service.Http;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CellLab.Service.Telemetry;

/// <summary>Puts the parts of the OpenTelemetry SDK together. Nothing is taken from its environment variables: the configuration says all.</summary>
internal static class CollectorLink
{
    /// <summary>Longest wait for the collector; spans wait meanwhile, figures are newer the next time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Spans that wait; those beyond are thrown away and never waited for.</summary>
    private const int WaitingSpans = 2048;
    private const int SpansOfMessage = 512;
    private static readonly TimeSpan SpanInterval = TimeSpan.FromSeconds(5);

    public static TracerProvider Traces(TelemetrySettings settings, NodeInfo node, ILogger logger) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(Resource(settings, node))
        .SetSampler(new SpanSampler(settings.FrequentShare))
        .AddSource(ServiceTracing.SourceName, Engine.EngineTracing.SourceName)
        .AddProcessor(new BatchActivityExportProcessor(
            new OtlpTraceExporter(Options(settings, "traces", logger)), WaitingSpans, (int)SpanInterval.TotalMilliseconds, (int)Patience.TotalMilliseconds, SpansOfMessage))
        .Build();

    /// <param name="reader">Of the whole; sends when it is told to.</param>
    public static MeterProvider Metrics(TelemetrySettings settings, NodeInfo node, ILogger logger, out MetricReader reader)
    {
        reader = new BaseExportingMetricReader(new OtlpMetricExporter(Options(settings, "metrics", logger)))
        {
            TemporalityPreference = MetricReaderTemporalityPreference.Cumulative,
        };
        return Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource(settings, node)).AddMeter(FigureInstruments.MeterName).AddReader(reader).Build();
    }

    private static ResourceBuilder Resource(TelemetrySettings settings, NodeInfo node) => ResourceBuilder.CreateEmpty()
        .AddService(settings.ServiceName, serviceNamespace: node.Site, serviceVersion: NodeInfo.Version, autoGenerateServiceInstanceId: false, serviceInstanceId: node.Node);

    private static OtlpExporterOptions Options(TelemetrySettings settings, string signal, ILogger logger) => new()
    {
        Endpoint = settings.Protocol == TelemetryProtocol.Grpc ? settings.Endpoint : new Uri($"{settings.Endpoint.AbsoluteUri.TrimEnd('/')}/v1/{signal}"),
        Protocol = settings.Protocol == TelemetryProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
        Headers = "", // the handler adds them
        TimeoutMilliseconds = (int)Patience.TotalMilliseconds,
        HttpClientFactory = () => new HttpClient(Handler(settings, signal, logger)) { Timeout = Patience },
    };

    /// <summary>Follows no redirection: headers may be secret.</summary>
    private static CollectorHandler Handler(TelemetrySettings settings, string signal, ILogger logger) => new(
        settings, signal, new ClosedPeerHandler(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }), logger);
}
