using CellLab.HardwareSim.Time;

namespace CellLab.HardwareSim.Xrd;

/// <summary>Lab time stands still from the trigger until the client has been told that the exposure runs, or until it must have given up. So a fast
/// clock does not make a pattern late against the cell.</summary>
internal sealed class Handshake(BenchClock clock, TimeProvider wall) : IDisposable
{
    /// <summary>Longer than clients wait for an acknowledgement (5 s).</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(8);

    private IDisposable? _hold;
    private long _began;

    public void Begin()
    {
        _began = wall.GetTimestamp();
        _hold ??= clock.Hold();
    }

    public void Advance()
    {
        if (_hold is not null && wall.GetElapsedTime(_began) > s_longest)
        {
            End();
        }
    }

    public void End()
    {
        _hold?.Dispose();
        _hold = null;
    }

    public void Dispose() => End();
}
