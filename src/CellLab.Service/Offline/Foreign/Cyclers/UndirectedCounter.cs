using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>A counter without direction. Where it may begin anew at a step, the current of the step's first row tells whether it did. What
/// it does within a step is left to the cycle arithmetic, which knows the direction.</summary>
internal sealed class UndirectedCounter(CounterScope scope)
{
    private double? _last;
    private double _base;

    /// <param name="mayRestart">The column may begin anew at this row (a new step or cycle, as its scope is).</param>
    /// <param name="expected">What the current says has moved since the row before.</param>
    /// <returns>Counted since the step began; null where the row has no value.</returns>
    public double? Take(double? value, bool begins, bool mayRestart, double expected)
    {
        if (value is not { } given)
        {
            return null;
        }

        double whole = Math.Abs(given);
        if (begins)
        {
            double before = _last ?? (scope == CounterScope.Step ? 0 : whole); // what it counted before the file is not of this step
            bool goesOn = before > 0 && whole >= before && (!mayRestart || Math.Abs(whole - before - expected) < Math.Abs(whole - expected));
            _base = goesOn ? before : 0;
        }
        else if (whole < _base)
        {
            _base = 0;
        }

        _last = whole;
        return whole - _base;
    }
}
