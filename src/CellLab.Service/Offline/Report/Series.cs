namespace CellLab.Service.Offline.Report;

/// <summary>One set of points of a figure. Missing values break a line.</summary>
/// <param name="Colour">Index of the palette: the same for the same material in every figure.</param>
/// <param name="Label">For the legend; null for a further part of a set that stands there already.</param>
internal sealed record Series(string? Label, int Colour, IReadOnlyList<(double X, double Y)> Points, SeriesStyle Style)
{
    /// <summary>Half length of the error bar at each point; null without.</summary>
    public IReadOnlyList<double>? Errors { get; init; }

    /// <summary>From faint (0) to full (1): earlier cycles behind later ones.</summary>
    public double Strength { get; init; } = 1;
}

internal enum SeriesStyle
{
    Line,
    Dashes,
    Dots,
    Rings,
}
