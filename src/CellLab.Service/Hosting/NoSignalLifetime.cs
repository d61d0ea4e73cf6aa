namespace CellLab.Service.Hosting;

/// <summary>Leaves signals to whoever called the service: two handlers of one signal would race.</summary>
internal sealed class NoSignalLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
