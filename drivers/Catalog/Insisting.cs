namespace CellLab.Drivers.Catalog;

/// <summary>Switching off is not given up at the first failure: at least three tries, and more until three seconds have gone, since an adapter that was pulled
/// or a converter that starts anew is there again a moment later.</summary>
internal static class Insisting
{
    private const int FewestTries = 3;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <param name="attempt">Gets its number, from 1.</param>
    /// <param name="mayPass">False for a failure that another try cannot mend; told of each that it may.</param>
    public static async Task<T> RunAsync<T>(
        Func<int, CancellationToken, Task<T>> attempt, Func<int, Exception, bool> mayPass, TimeProvider wall, CancellationToken cancellationToken)
    {
        long began = wall.GetTimestamp();
        for (int number = 1; ; number++)
        {
            try
            {
                return await attempt(number, cancellationToken);
            }
            catch (Exception failure) when ((number < FewestTries || wall.GetElapsedTime(began) < s_patience) && mayPass(number, failure))
            {
                await Task.Delay(s_pause, wall, cancellationToken);
            }
        }
    }
}
