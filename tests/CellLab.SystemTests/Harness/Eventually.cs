using System.Diagnostics.CodeAnalysis;

namespace CellLab.SystemTests.Harness;

/// <summary>Waits for a condition of another process, looking every 50 ms of wall time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns the first value that the condition accepts.</summary>
    /// <exception cref="TimeoutException">Names what was awaited and the last value seen.</exception>
    [return: NotNull]
    public static async Task<T> GetAsync<T>(string what, TimeSpan limit, Func<Task<T>> read, Func<T, bool> accept)
    {
        TimeProvider wall = TimeProvider.System;
        long started = wall.GetTimestamp();
        while (true)
        {
            T value = await read();
            if (value is not null && accept(value))
            {
                return value;
            }

            if (wall.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"waited {limit.TotalSeconds:0} s for {what}; last seen: {value}");
            }

            await Task.Delay(LookAgain, wall);
        }
    }

    public static Task<bool> TrueAsync(string what, TimeSpan limit, Func<bool> condition) =>
        GetAsync(what, limit, () => Task.FromResult(condition()), yes => yes);
}
