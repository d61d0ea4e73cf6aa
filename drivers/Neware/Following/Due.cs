using CellLab.Core.Time;

namespace CellLab.Drivers.Neware.Following;

/// <summary>Whether something that is to be done every so often is due: in lab time, but never more often than a wall time, so that fast lab
/// time does not make needless traffic.</summary>
internal sealed class Due(Clocks clocks, TimeSpan labInterval, TimeSpan wallInterval)
{
    private readonly Lock _lock = new();
    private long? _lab;
    private long _wall;

    /// <summary>True at most once per interval.</summary>
    public bool Take()
    {
        lock (_lock)
        {
            if (_lab is { } lab && (clocks.Lab.GetElapsedTime(lab) < labInterval || clocks.Wall.GetElapsedTime(_wall) < wallInterval))
            {
                return false;
            }

            _lab = clocks.Lab.GetTimestamp();
            _wall = clocks.Wall.GetTimestamp();
            return true;
        }
    }

    /// <summary>Makes it due at once.</summary>
    public void Now()
    {
        lock (_lock)
        {
            _lab = null;
        }
    }
}
