namespace CellLab.Service.Hosting;

internal static class Ending
{
    /// <summary>Returns when the token is cancelled, without an exception.</summary>
    public static async Task WaitAsync(CancellationToken endToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = endToken.Register(ended.SetResult);
        await ended.Task;
    }
}
