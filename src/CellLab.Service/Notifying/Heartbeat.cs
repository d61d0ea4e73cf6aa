using System.Net.Http.Json;
using CellLab.Engine.Desk;
using CellLab.Service.Hosting;

namespace CellLab.Service.Notifying;

/// <summary>Calls an address at an interval as long as the Engine answers. Whoever stands behind it (a dead man's switch) raises the alarm when the calls cease, which no
/// message of a dead service could.</summary>
internal sealed class Heartbeat(HeartbeatEntry entry, NodeInfo node, IExperimentDesk desk, HttpClient http, TimeProvider wall, ILogger<Notifier> logger) : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource ending = new();
    private Task work = Task.CompletedTask;

    public void Start() => work = RunAsync(ending.Token);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(entry.Interval, wall);
        do
        {
            await BeatAsync(cancellationToken);
        }
        while (await tick.WaitForNextTickAsync(cancellationToken));
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(s_limit, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var body = new { node.Site, node.Node, utc = wall.GetUtcNow(), alarms = desk.Alarms.Count };
            using HttpResponseMessage answer = await http.PostAsJsonAsync(entry.Url, body, either.Token);
            answer.EnsureSuccessStatusCode();
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.HeartbeatLost(logger, error.Message);
        }
    }
}
