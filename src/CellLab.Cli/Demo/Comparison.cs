namespace CellLab.Cli.Demo;

/// <summary>A measured value beside the expected one. A value that was not measured is never within its tolerance.</summary>
/// <param name="Expected">Of the cell model.</param>
internal sealed record Comparison(string Quantity, string Unit, double? Measured, double Expected, Tolerance Tolerance)
{
    /// <summary>How values are printed.</summary>
    public string Format { get; init; } = "0.0";

    /// <summary>What the paper says of it; empty where it says nothing.</summary>
    public string Paper { get; init; } = "";

    /// <summary>In % or in the unit, as the tolerance.</summary>
    public double? Deviation => Measured is { } measured ? Tolerance.DeviationOf(measured, Expected) : null;

    public bool IsWithin => Deviation is { } deviation && Math.Abs(deviation) <= Tolerance.Size;
}
