using CellLab.AutolabBridge.Sdk;

namespace CellLab.AutolabBridge.Running;

/// <summary>Current range of a held potential: up at once when it is too small, down when it has been far too large for a while.</summary>
internal sealed class RangeChoice(double amperes)
{
    private const double TooSmallABelow = 0.03;
    private const double LowestOnTheWay = 1e-6;
    private const int ReadingsBeforeDown = 10;
    private int _small;

    public double Range { get; private set; } = CurrentRanges.For(amperes);

    /// <summary>True when the range changes with this reading.</summary>
    public bool Judge(double current, bool overload)
    {
        double before = Range;
        _small = Math.Abs(current) < TooSmallABelow * Range ? _small + 1 : 0;
        if (overload || Math.Abs(current) > Range)
        {
            Range = CurrentRanges.For(10 * Range);
        }
        else if (_small >= ReadingsBeforeDown && Range > LowestOnTheWay)
        {
            Range = CurrentRanges.For(Range / 10);
            _small = 0;
        }

        return Range != before;
    }
}
