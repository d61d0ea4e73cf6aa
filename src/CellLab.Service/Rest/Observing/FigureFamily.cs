namespace CellLab.Service.Rest.Observing;

internal enum FigureKind
{
    Gauge,

    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Counts below limits, their number and their sum.</summary>
    Histogram,
}

/// <summary>One metric of the node with its present values: what <c>/metrics</c> writes and an OpenTelemetry collector is sent.</summary>
/// <param name="Name">As Prometheus has it: with its unit, counters with <c>_total</c>.</param>
internal sealed record FigureFamily(string Name, FigureKind Kind, string Help, params IReadOnlyList<Figure> Values)
{
    public FigureFamily(string name, FigureKind kind, string help, double value)
        : this(name, kind, help, new Figure(value))
    {
    }
}

/// <param name="Suffix">Of the name, for the series of a histogram.</param>
internal sealed record Figure(double Value, string? Label = null, string? LabelValue = null, string Suffix = "");
