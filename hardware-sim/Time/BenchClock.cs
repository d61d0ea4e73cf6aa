namespace CellLab.HardwareSim.Time;

/// <summary>The clock that the bench owns. Lab time is what its cells live in; replies, delays and cuts happen in wall time.</summary>
public sealed class BenchClock
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _wall;
    private readonly DateTimeOffset _start;
    private readonly Dictionary<object, DateTimeOffset> _leashes = [];
    private ClockLine _line;
    private int _holders;

    /// <param name="labStart">Lab time now; at speed 1 give the wall's present time, so that lab time is UTC.</param>
    public BenchClock(TimeProvider wall, double speed, DateTimeOffset labStart)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _wall = wall;
        _start = labStart;
        _line = new ClockLine(wall.GetUtcNow(), labStart, speed, Hold: false);
    }

    /// <summary>Told on every change of the line, in order.</summary>
    public event Action<ClockLine>? Changed;

    public ClockLine Line => Volatile.Read(ref _line);

    public DateTimeOffset UtcNow => Line.LabAt(_wall.GetUtcNow());

    /// <summary>Lab seconds since the bench began: what channels count in.</summary>
    public double SecondsNow => (UtcNow - _start).TotalSeconds;

    public DateTimeOffset At(double seconds) => _start + TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));

    /// <summary>Stops lab time until the returned holder is disposed; holders add up.</summary>
    public IDisposable Hold()
    {
        lock (_gate)
        {
            if (_holders++ == 0)
            {
                Turn_NeedsGate(hold: true);
            }
        }

        return new Holder(this);
    }

    /// <summary>Lets lab time go on by so much from now and no further, until the leash is moved again or taken off. The shortest of several
    /// leashes holds.</summary>
    internal void Move(object leash, TimeSpan by)
    {
        lock (_gate)
        {
            _leashes[leash] = _line.LabAt(_wall.GetUtcNow()) + by;
            Turn_NeedsGate(_line.Hold);
        }
    }

    internal void TakeOff(object leash)
    {
        lock (_gate)
        {
            if (_leashes.Remove(leash))
            {
                Turn_NeedsGate(_line.Hold);
            }
        }
    }

    private void Release()
    {
        lock (_gate)
        {
            if (--_holders == 0)
            {
                Turn_NeedsGate(hold: false);
            }
        }
    }

    private void Turn_NeedsGate(bool hold)
    {
        DateTimeOffset wall = _wall.GetUtcNow();
        ClockLine next = new(wall, _line.LabAt(wall), _line.Speed, hold, _leashes.Count == 0 ? null : _leashes.Values.Min());
        Volatile.Write(ref _line, next);
        Changed?.Invoke(next);
    }

    private sealed class Holder(BenchClock clock) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                clock.Release();
            }
        }
    }
}
