namespace CellLab.Core.Series;

/// <summary>A quantity over a run of records: its first and last value, and the lowest and highest between them.</summary>
public readonly record struct Extremes(double First, double Lowest, double Highest, double Last)
{
    public static Extremes Of(double value) => new(value, value, value, value);

    /// <summary>Of this run and the one right after it.</summary>
    public Extremes Then(Extremes next) => new(First, Math.Min(Lowest, next.Lowest), Math.Max(Highest, next.Highest), next.Last);
}
