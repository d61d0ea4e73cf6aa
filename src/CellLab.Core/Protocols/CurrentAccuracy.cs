using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>How exactly a channel measures its current: the range is the smallest that holds the step's current; on it an offset of a share of the
/// range, and a gain error. The offset has one sign, so it adds to the charge and takes from the discharge: the coulombic efficiency is off by
/// twice its share. Defaults are assumed figures of a coin-cell tester; a data sheet's are better.</summary>
public sealed record CurrentAccuracy
{
    private const double Rounding = 1e-9;

    public static CurrentAccuracy Default { get; } = new();

    /// <summary>Rising, A.</summary>
    public IReadOnlyList<double> RangesAmperes { get; init; } = [0.1e-3, 1e-3, 5e-3, 10e-3];

    public double GainError { get; init; } = 0.0002;

    /// <summary>Share of the range.</summary>
    public double OffsetOfRange { get; init; } = 0.0001;

    /// <summary>For messages, mA.</summary>
    public string RangesText => $"{string.Join(", ", RangesAmperes.Select(range => QuantityText.Short(range * 1e3)))} mA";

    /// <summary>Whether the largest range holds the current.</summary>
    public bool Holds(double amperes) => RangesAmperes.Any(range => Math.Abs(amperes) <= range * (1 + Rounding));

    /// <summary>Null when no range holds the current, or without a current.</summary>
    public CurrentFigures? Of(double amperes)
    {
        double size = Math.Abs(amperes);
        double range = RangesAmperes.FirstOrDefault(known => size <= known * (1 + Rounding));
        if (range <= 0 || size <= 0)
        {
            return null;
        }

        double offset = OffsetOfRange * range / size;
        return new CurrentFigures(amperes, range, QuantityText.Clean(100 * (GainError + offset)), QuantityText.Clean(100 * 2 * offset));
    }
}

/// <summary>Of one step on one cell. <paramref name="CurrentErrorPercent"/> is gain and offset, <paramref name="CeErrorPercent"/> that of the
/// coulombic efficiency.</summary>
public sealed record CurrentFigures(double CurrentA, double RangeA, double CurrentErrorPercent, double CeErrorPercent)
{
    /// <summary>Above this a result is doubtful, %.</summary>
    public const double DoubtfulPercent = 0.5;

    public bool IsDoubtful => CurrentErrorPercent > DoubtfulPercent || CeErrorPercent > DoubtfulPercent;
}
