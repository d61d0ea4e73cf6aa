namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>A counter without direction. Most begin anew at each step; one that goes on over steps is seen by the current of the step's first row. What
/// it does within a step is left to the cycle arithmetic, which knows the direction.</summary>
internal sealed class UndirectedCounter
{
    private double? _last;
    private double _base;

    /// <param name="expected">What the current says has moved since the row before.</param>
    /// <returns>Counted since the step began; null where the row has no value.</returns>
    public double? Take(double? value, bool begins, double expected)
    {
        if (value is not { } given)
        {
            return null;
        }

        double whole = Math.Abs(given);
        if (begins)
        {
            bool goesOn = _last is { } last && last > 0 && whole >= last && Math.Abs(whole - last - expected) < Math.Abs(whole - expected);
            _base = goesOn ? _last!.Value : 0;
        }
        else if (whole < _base)
        {
            _base = 0;
        }

        _last = whole;
        return whole - _base;
    }
}
