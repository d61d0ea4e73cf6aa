namespace CellLab.Messaging.Publishing;

internal static class Pause
{
    /// <summary>A delay that ends early, without an exception, when cancelled.</summary>
    public static async Task ForAsync(TimeSpan time, TimeProvider wall, CancellationToken cancellationToken) =>
        await Task.Delay(time, wall, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
