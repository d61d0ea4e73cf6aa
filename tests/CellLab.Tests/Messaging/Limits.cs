namespace CellLab.Tests.Messaging;

internal static class Limits
{
    public static Task WithinAsync(this Task task, int seconds = 15) => task.WaitAsync(TimeSpan.FromSeconds(seconds), TimeProvider.System);

    public static Task<T> WithinAsync<T>(this Task<T> task, int seconds = 15) => task.WaitAsync(TimeSpan.FromSeconds(seconds), TimeProvider.System);
}
