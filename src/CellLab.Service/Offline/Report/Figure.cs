namespace CellLab.Service.Offline.Report;

/// <summary>A figure with one horizontal axis and one or more panels below each other on it.</summary>
/// <param name="Name">For the file: lower-case letters and '-'.</param>
/// <param name="Caption">What is shown, how it was made, and what is missing; for a reader who was not there.</param>
internal sealed record Figure(string Name, string Title, string AcrossTitle, IReadOnlyList<FigurePanel> Panels, string Caption)
{
    /// <summary>Both axes of a panel have the same scale (Nyquist).</summary>
    public bool EqualScales { get; init; }

    public bool IsEmpty => Panels.All(panel => panel.Series.All(series => series.Points.Count == 0));
}

internal sealed record FigurePanel(string UpTitle, IReadOnlyList<Series> Series)
{
    /// <summary>Powers of ten; values of 0 and below are left out.</summary>
    public bool Logarithmic { get; init; }

    /// <summary>0 stands on the axis.</summary>
    public bool FromZero { get; init; }

    /// <summary>Those that set the vertical scale; what lies beyond it is drawn on the frame. Null: all.</summary>
    public IReadOnlyList<Series>? ScaledBy { get; init; }
}
