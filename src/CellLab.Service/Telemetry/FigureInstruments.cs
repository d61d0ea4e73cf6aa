using System.Diagnostics.Metrics;
using CellLab.Service.Rest.Observing;

namespace CellLab.Service.Telemetry;

/// <summary>The figures of the node as instruments of the framework, under the names that <c>/metrics</c> has. They show what was read last; only the times of
/// commits are told one by one, since an instrument cannot be given a finished histogram.</summary>
internal sealed class FigureInstruments : IDisposable
{
    public const string MeterName = "CellLab.Service";

    private readonly Meter meter = new(MeterName);
    private readonly Action stopListening = () => { };
    private readonly HashSet<string> made = [];
    private volatile Dictionary<string, FigureFamily> present = [];

    public FigureInstruments(CommitMeter? commits)
    {
        if (commits is null)
        {
            return;
        }

        var limits = new InstrumentAdvice<double> { HistogramBucketBoundaries = CommitMeter.LimitsSeconds };
        Histogram<double> commitSeconds = meter.CreateHistogram(CommitMeter.Name, "s", CommitMeter.Help, tags: null, limits);
        commits.Taken += commitSeconds.Record;
        stopListening = () => commits.Taken -= commitSeconds.Record;
    }

    public void Show(IReadOnlyList<FigureFamily> figures)
    {
        present = figures.ToDictionary(family => family.Name);
        foreach (FigureFamily family in figures.Where(family => family.Kind != FigureKind.Histogram && made.Add(family.Name)))
        {
            Make(family);
        }
    }

    public void Dispose()
    {
        stopListening();
        meter.Dispose();
    }

    private void Make(FigureFamily family)
    {
        string name = family.Name;
        string? unit = name.Contains("_seconds", StringComparison.Ordinal) ? "s" : name.Contains("_bytes", StringComparison.Ordinal) ? "By" : null;
        if (family.Kind == FigureKind.Counter)
        {
            meter.CreateObservableCounter(name, () => Values(name), unit, family.Help);
        }
        else
        {
            meter.CreateObservableGauge(name, () => Values(name), unit, family.Help);
        }
    }

    private IEnumerable<Measurement<double>> Values(string name) =>
        present.TryGetValue(name, out FigureFamily? family) ? family.Values.Select(Measured) : [];

    private static Measurement<double> Measured(Figure figure) =>
        figure.Label is { } label ? new(figure.Value, new KeyValuePair<string, object?>(label, figure.LabelValue)) : new(figure.Value);
}
