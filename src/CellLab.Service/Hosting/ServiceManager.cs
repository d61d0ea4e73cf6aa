using System.Globalization;
using CellLab.Transport.Listeners;

namespace CellLab.Service.Hosting;

/// <summary>Tells systemd (<c>Type=notify</c>, <c>WatchdogSec</c>) that the service is ready, that it lives, and that it ends. Nothing where none waits for it.</summary>
internal sealed class ServiceManager : IAsyncDisposable
{
    private readonly ServiceManagerSocket? socket;
    private readonly CancellationTokenSource ending = new();
    private readonly Task living;

    private ServiceManager(ServiceManagerSocket? socket, TimeSpan? interval, TimeProvider wall)
    {
        this.socket = socket;
        socket?.Say("READY=1");
        living = socket is not null && interval is { } every ? LiveAsync(socket, every, wall, ending.Token) : Task.CompletedTask;
    }

    /// <summary>To be called when the service is ready.</summary>
    public static ServiceManager Ready(Func<string, string?> variable, TimeProvider wall)
    {
        bool watched = long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds) && microseconds > 0;
        return new ServiceManager(ServiceManagerSocket.Open(variable("NOTIFY_SOCKET")), watched ? TimeSpan.FromMicroseconds(microseconds / 2.0) : null, wall);
    }

    /// <summary>The end may take as long as the instruments do; the watchdog goes on being fed meanwhile.</summary>
    public void Stopping() => socket?.Say("STOPPING=1");

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await living.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
        socket?.Dispose();
    }

    private static async Task LiveAsync(ServiceManagerSocket socket, TimeSpan interval, TimeProvider wall, CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(interval, wall);
        while (await tick.WaitForNextTickAsync(cancellationToken))
        {
            socket.Say("WATCHDOG=1");
        }
    }
}
