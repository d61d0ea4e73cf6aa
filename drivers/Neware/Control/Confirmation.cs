using CellLab.Core.Time;

namespace CellLab.Drivers.Neware.Control;

/// <summary>Asks again and again, in wall time, until something is seen or the time is over: at once, then after growing waits up to 1 s.</summary>
internal static class Confirmation
{
    private static readonly TimeSpan s_firstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(1);

    /// <summary>The first value that is not null, or null when <paramref name="limit"/> has passed.</summary>
    public static async Task<T?> WaitForAsync<T>(
        Clocks clocks, TimeSpan limit, Func<CancellationToken, Task<T?>> ask, CancellationToken cancellationToken)
        where T : class
    {
        long began = clocks.Wall.GetTimestamp();
        TimeSpan wait = s_firstWait;
        while (true)
        {
            if (await ask(cancellationToken) is { } found)
            {
                return found;
            }

            if (clocks.Wall.GetElapsedTime(began) + wait > limit)
            {
                return null;
            }

            await Task.Delay(wait, clocks.Wall, cancellationToken);
            wait = wait * 2 < s_longestWait ? wait * 2 : s_longestWait;
        }
    }
}
