namespace CellLab.Tests.Messaging;

/// <summary>Waits for a condition on the system clock; fails with its name.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string what, int seconds = 15)
    {
        TimeProvider wall = TimeProvider.System;
        long began = wall.GetTimestamp();
        while (!condition())
        {
            Assert.True(wall.GetElapsedTime(began).TotalSeconds < seconds, $"not within {seconds} s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), wall);
        }
    }

    public static Task WithinAsync(this Task task, int seconds = 15) => task.WaitAsync(TimeSpan.FromSeconds(seconds), TimeProvider.System);

    public static Task<T> WithinAsync<T>(this Task<T> task, int seconds = 15) => task.WaitAsync(TimeSpan.FromSeconds(seconds), TimeProvider.System);
}
