namespace CellLab.Core.Triggers.Rules;

/// <summary>Levels in rising order: a list, or a grid.</summary>
public sealed class LevelSet
{
    private readonly IReadOnlyList<double>? _list;
    private readonly double _first;
    private readonly double _step;

    private LevelSet(IReadOnlyList<double>? list, double first, double step, int count) => (_list, _first, _step, Count) = (list, first, step, count);

    public int Count { get; }

    public double this[int index] => _list is null ? _first + (index * _step) : _list[index];

    public static LevelSet Of(params IEnumerable<double> levels)
    {
        double[] sorted = [.. levels.Distinct().Order()];
        return new LevelSet(sorted, 0, 0, sorted.Length);
    }

    /// <summary>first, first + step, ... up to <paramref name="last"/>, which belongs to it where it falls on the grid.</summary>
    public static LevelSet Grid(double first, double step, double last) =>
        new(null, first, step, last < first ? 0 : 1 + (int)Math.Min(int.MaxValue - 1, Math.Floor(((last - first) / step) + 1e-9)));

    /// <summary>How many levels the value has reached.</summary>
    public int ReachedBy(double value)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = this[middle] <= value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
