namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>A column that counts upwards and may begin anew. Its movements are added up, wherever the file lets it start.</summary>
/// <param name="fromZero">It stood at 0 before the first row; else the first row's value may be of a time before the file.</param>
internal sealed class ScopedCounter(bool fromZero)
{
    private const double LastDigit = 1e-6;

    private double? _last;

    /// <summary>Moved since the step began.</summary>
    public double InStep { get; private set; }

    /// <param name="mayRestart">The column may begin anew at this row (a new step or cycle, as its scope is).</param>
    /// <param name="expected">What the current says has moved since the row before, to tell a counter that goes on from one that began anew.</param>
    /// <returns>Whether it fell where it must not.</returns>
    public bool Add(double value, bool mayRestart, double expected)
    {
        double whole = Math.Abs(value);
        double before = _last ?? whole;
        double change = value - before;
        bool fell = change < -LastDigit * Math.Abs(before);
        bool undecided = mayRestart || _last is null;
        bool began = fell || (_last is null && fromZero) || (undecided && Math.Abs(whole - expected) < Math.Abs(change - expected));
        InStep += began ? whole : Math.Max(change, 0);
        _last = value;
        return fell && !mayRestart;
    }

    public void BeginStep() => InStep = 0;
}
