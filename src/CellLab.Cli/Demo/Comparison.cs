namespace CellLab.Cli.Demo;

/// <summary>A measured value beside the expected one. A value that was not measured is never within its tolerance.</summary>
/// <param name="TolerancePercent">Of the expected value, to both sides.</param>
internal sealed record Comparison(string Quantity, string Unit, double? Measured, double Expected, double TolerancePercent)
{
    public double? DeviationPercent => (Measured / Expected - 1) * 100;

    public bool IsWithin => DeviationPercent is { } deviation && Math.Abs(deviation) <= TolerancePercent;
}
