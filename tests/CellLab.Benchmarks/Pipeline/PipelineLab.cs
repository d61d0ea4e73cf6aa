using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace CellLab.Benchmarks.Pipeline;

/// <summary>A simulated bench and a service, each the built executable in a process of its own.</summary>
internal sealed class PipelineLab : IAsyncDisposable
{
    private static readonly TimeProvider Wall = TimeProvider.System;

    private readonly LabFiles _files;
    private readonly Process _bench;
    private readonly Process _service;
    private readonly HttpClient _http;

    private PipelineLab(LabFiles files, Process bench, Process service)
    {
        (_files, _bench, _service) = (files, bench, service);
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{files.HttpPort}/api/v1/") };
    }

    public int MqttPort => _files.MqttPort;

    public string Data => _files.Data;

    public IReadOnlyList<string> Pipelines => _files.Pipelines;

    /// <summary>REST below <c>/api/v1/</c>.</summary>
    public HttpClient Http => _http;

    /// <param name="speed">Lab time over real time.</param>
    /// <param name="pollSeconds">How often the counts of the channels are asked for; null for what the bench proposes.</param>
    public static async Task<PipelineLab> StartAsync(string folder, int channels, double speed, double? pollSeconds, CancellationToken cancellationToken)
    {
        LabFiles files = LabFiles.Create(folder, channels);
        string lab = speed.ToString(CultureInfo.InvariantCulture);
        Process bench = Run("sim", "--bench", files.Bench, "--speed", lab, "--state", files.State, "--config-out", files.Configuration);
        await UntilAsync(() => Task.FromResult(File.Exists(files.Configuration)), "the bench", cancellationToken);
        if (pollSeconds is { } seconds)
        {
            files.SetPollInterval(seconds);
        }

        var started = new PipelineLab(files, bench, Run("serve", "--config", files.Configuration, "--clock", Path.Combine(files.State, "clock.json")));
        await UntilAsync(started.IsReadyAsync, "the service", cancellationToken);
        return started;
    }

    /// <param name="protocol">The protocol of the channel with this number, from 0.</param>
    public async Task SubmitAllAsync(Func<int, string> protocol, CancellationToken cancellationToken)
    {
        foreach ((int number, string pipeline) in _files.Pipelines.Index())
        {
            var request = new
            {
                protocol_name = "benchmark", protocol = protocol(number), pipeline, sample = "cell-" + pipeline, mass = "2mg", capacity = "250mAh/g",
            };
            using HttpResponseMessage answer = await _http.PostAsJsonAsync("jobs", request, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"{pipeline}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }
        }
    }

    /// <summary>Rows stored so far, by the service's own count.</summary>
    public async Task<double> StoredAsync(CancellationToken cancellationToken) => (await MetricsAsync(cancellationToken))("celllab_records_stored");

    /// <summary>What <c>/metrics</c> says now, by name; a labelled figure is the first that bears the name.</summary>
    public async Task<Func<string, double>> MetricsAsync(CancellationToken cancellationToken)
    {
        string[] lines = (await _http.GetStringAsync(new Uri("../../metrics", UriKind.Relative), cancellationToken)).Split('\n');
        return name =>
        {
            string line = lines.First(found => found.StartsWith(name, StringComparison.Ordinal));
            return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
        };
    }

    public (double Service, double Bench) ProcessorSeconds()
    {
        _service.Refresh();
        _bench.Refresh();
        return (_service.TotalProcessorTime.TotalSeconds, _bench.TotalProcessorTime.TotalSeconds);
    }

    public double DataBytes() => new DirectoryInfo(_files.Data).EnumerateFiles("*.db*", SearchOption.AllDirectories).Sum(file => (double)file.Length);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        foreach (Process process in new[] { _service, _bench })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            JsonElement devices = await _http.GetFromJsonAsync<JsonElement>("devices");
            return devices.GetProperty("devices").EnumerateArray().All(device => device.GetProperty("state").GetString() == "Online");
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Process Run(params string[] arguments)
    {
        string executable = Environment.GetEnvironmentVariable("CELLLAB_APP") ?? throw new InvalidOperationException("run this by ./celllab benchmark: it says where the executable is");
        var start = new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
            {
                Console.Error.WriteLine(text);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what, CancellationToken cancellationToken)
    {
        long began = Wall.GetTimestamp();
        while (!await condition())
        {
            if (Wall.GetElapsedTime(began) > TimeSpan.FromSeconds(60))
            {
                throw new TimeoutException($"{what} was not ready within 60 s");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), Wall, cancellationToken);
        }
    }
}
