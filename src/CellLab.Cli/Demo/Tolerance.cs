using System.Globalization;

namespace CellLab.Cli.Demo;

/// <summary>How far a measured value may lie from the expected one, to both sides.</summary>
internal readonly record struct Tolerance(double Size, bool IsPercent)
{
    public static Tolerance Percent(double size) => new(size, true);

    /// <summary>In the unit of the value itself.</summary>
    public static Tolerance Of(double size) => new(size, false);

    public double DeviationOf(double measured, double expected) => IsPercent ? ((measured / expected) - 1) * 100 : measured - expected;

    public override string ToString() => Size.ToString("0.####", CultureInfo.InvariantCulture) + (IsPercent ? "%" : "");
}
