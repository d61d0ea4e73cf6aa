using OpenTelemetry.Trace;

namespace CellLab.Service.Telemetry;

/// <summary>Takes every span but those that come many times a second: of these a share, and all that are notable.</summary>
internal sealed class SpanSampler(double frequentShare) : Sampler
{
    private readonly TraceIdRatioBasedSampler frequent = new(frequentShare);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Name is ServiceTracing.Commit or ServiceTracing.Publish or ServiceTracing.AnalysisRecords or ServiceTracing.AnalysisSurvey
        && samplingParameters.Tags?.Any(tag => tag.Key == ServiceTracing.Notable) != true
            ? frequent.ShouldSample(samplingParameters)
            : new SamplingResult(SamplingDecision.RecordAndSample);
}
