using System.Diagnostics;
using System.Text.Json;

namespace CellLab.Benchmarks.Page;

/// <summary>The built service over a data folder that is there already, without instruments.</summary>
internal sealed class LongJobService : IAsyncDisposable
{
    private static readonly TimeProvider Wall = TimeProvider.System;
    private readonly Process process;

    private LongJobService(Process process, Uri root)
    {
        this.process = process;
        Root = root;
    }

    public Uri Root { get; }

    public static async Task<LongJobService> StartAsync(string folder, CancellationToken cancellationToken)
    {
        int port = FreePort.Next();
        string configuration = Path.Combine(folder, "celllab.json");
        object[] none = [];
        await File.WriteAllTextAsync(
            configuration,
            JsonSerializer.Serialize(new { site = "benchmark", http = new { url = $"http://127.0.0.1:{port}" }, mqtt = new { host = "127.0.0.1", port = FreePort.Next() }, pipelines = none, devices = none }),
            cancellationToken);
        string executable = Environment.GetEnvironmentVariable("CELLLAB_APP") ?? throw new InvalidOperationException("run this by ./celllab benchmark: it says where the executable is");
        Process process = Process.Start(
            new ProcessStartInfo(executable, ["serve", "--config", configuration, "--role", "acquisition,dashboard"]) { RedirectStandardOutput = true })!;
        var service = new LongJobService(process, new Uri($"http://127.0.0.1:{port}/"));
        await service.UntilReadyAsync(cancellationToken);
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Root };
        long began = Wall.GetTimestamp();
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(new Uri("api/v1/status", UriKind.Relative), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!process.HasExited && Wall.GetElapsedTime(began) < TimeSpan.FromSeconds(60))
            {
                // it is still starting
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), Wall, cancellationToken);
        }
    }
}
