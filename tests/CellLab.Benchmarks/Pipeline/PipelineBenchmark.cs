using System.Globalization;
using System.Text.Json;
using CellLab.Messaging.Clients;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Benchmarks.Pipeline;

/// <summary>The whole way with real processes: simulated BTS cabinets of eight channels, each storing ten records a second, the service that polls
/// them over their sockets, and a subscriber at the broker.</summary>
internal sealed class PipelineBenchmark(string name, int channels) : IBenchmark
{
    private const double RecordInterval = 0.1;
    private const double PollSeconds = 5;
    private const double WarmUpSeconds = 15;
    private const double MeasuredSeconds = 30;
    private static readonly TimeProvider Wall = TimeProvider.System;

    public string Name => name;

    public string Summary => $"BTS reply to durable commit to subscriber, {channels} channels x 10 Hz, polled every {PollSeconds} s";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("celllab-pipeline-").FullName;
        try
        {
            await using PipelineLab lab = await PipelineLab.StartAsync(folder, channels, speed: 1, PollSeconds, cancellationToken);
            await lab.SubmitAllAsync(_ => LabFiles.Charge(RecordInterval), cancellationToken);
            return await MeasureAsync(lab, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(PipelineLab lab, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listener = new LatencyListener(Wall);
        Task listening = ListenAsync(lab, listener, ending.Token);
        await Task.Delay(TimeSpan.FromSeconds(WarmUpSeconds), Wall, cancellationToken);
        listener.Begin();
        (double Service, double Bench) before = lab.ProcessorSeconds();
        double storedBefore = await lab.StoredAsync(cancellationToken);
        long started = Wall.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(MeasuredSeconds), Wall, cancellationToken);

        double seconds = Wall.GetElapsedTime(started).TotalSeconds;
        double stored = await lab.StoredAsync(cancellationToken);
        (double Service, double Bench) after = lab.ProcessorSeconds();
        double[] latencies = listener.SortedMilliseconds();
        await ending.CancelAsync();
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return
        [
            new("poll_interval_s", PollSeconds),
            new("stored_rows_per_s", (stored - storedBefore) / seconds),
            new("wanted_rows_per_s", channels / RecordInterval),
            new("received_rows_per_s", listener.Rows / seconds),
            new("reply_to_subscriber_p50_ms", Percentiles.Of(latencies, 50)),
            new("reply_to_subscriber_p99_ms", Percentiles.Of(latencies, 99)),
            new("service_cpu_share_of_one_core", (after.Service - before.Service) / seconds),
            new("bench_cpu_share_of_one_core", (after.Bench - before.Bench) / seconds),
            new("data_folder_bytes_per_row", lab.DataBytes() / stored),
        ];
    }

    private static async Task ListenAsync(PipelineLab lab, LatencyListener listener, CancellationToken cancellationToken)
    {
        var options = new MessageClientOptions
        {
            Broker = BrokerAddress.Tcp("127.0.0.1", lab.MqttPort),
            ClientId = "benchmark-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        };
        await using var client = new MosquittoClient(options, Wall, NullLogger<MosquittoClient>.Instance);
        client.Start();
        await foreach (var message in client.SubscribeAsync("celllab/v1/+/node/+/records", qos: 1, cancellationToken))
        {
            using JsonDocument document = JsonDocument.Parse(message.Payload);
            listener.Take(document.RootElement);
        }
    }
}
