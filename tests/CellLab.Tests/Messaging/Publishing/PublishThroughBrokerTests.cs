using System.Collections.Concurrent;
using System.Diagnostics;
using CellLab.Messaging;
using CellLab.Core.Records;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Publishing;
using CellLab.Messaging.Topics;
using CellLab.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Messaging.Publishing;

/// <summary>The whole way from a commit to a foreign subscriber, <c>mosquitto_sub</c> on the TCP port that everybody may read.</summary>
#pragma warning disable CA1001 // disposed in the fixture's own DisposeAsync, which xunit awaits
[Trait("Suite", "Broad")]
public sealed class PublishThroughBrokerTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly TopicMap Topics = new("x");

    private readonly TestJournal _journal = new();
    private readonly ConcurrentQueue<RecordRow> _received = new();
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly CancellationTokenSource _stop = new();
    private TestBroker? _broker;
    private Process? _subscriber;
    private Task _running = Task.CompletedTask;

    [Fact]
    public async Task A_foreign_subscriber_gets_every_sequence_number_exactly_once()
    {
        await StartAsync(new PublisherOptions { Node = "n", JobInterval = TimeSpan.FromMilliseconds(50) });

        for (int commit = 0; commit < 60; commit++)
        {
            _journal.Commit([.. TestRows.Rows(TestRows.JobA, (commit * 20) + 1, 20), .. TestRows.Rows(TestRows.JobB, (commit * 5) + 1, 5)]);
            await Task.Yield();
        }

        await Eventually.TrueAsync(() => _received.Count >= 1500, "all rows");

        Assert.Empty(_problems);
        Assert.Equal(TestRows.Rows(TestRows.JobA, 1, 1200), _received.Where(row => row.Job == TestRows.JobA));
        Assert.Equal(TestRows.Rows(TestRows.JobB, 1, 300), _received.Where(row => row.Job == TestRows.JobB));
        await Eventually.TrueAsync(() => _journal.Cursor("publisher") == 1500, "the cursor");
    }

    [Fact]
    public async Task A_broker_that_is_killed_leaves_no_hole()
    {
        // mosquitto_sub tries again after one second.
        await StartAsync(new PublisherOptions { Node = "n", JobInterval = TimeSpan.FromMilliseconds(50), SubscriberGrace = TimeSpan.FromSeconds(2.5) });
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(2), TimeProvider.System); // commits go on while the broker is away
        long sequence = 1;
        for (int commit = 0; commit < 300; commit++)
        {
            _journal.Commit(TestRows.Rows(TestRows.JobA, sequence, 7));
            sequence += 7;
            if (commit == 150)
            {
                _broker!.Kill();
            }

            Assert.True(await pace.WaitForNextTickAsync());
        }

        await Eventually.TrueAsync(() => _received.Any(row => row.Sequence == sequence - 1), "the last row");

        Assert.Equal(TestRows.Rows(TestRows.JobA, 1, 2100), _received.DistinctBy(row => row.Sequence).OrderBy(row => row.Sequence));
        RecordRow? before = null;
        foreach (RecordRow row in _received)
        {
            Assert.True(row.Sequence <= (before?.Sequence ?? 0) + 1, $"a hole before {row.Sequence}"); // a step back is a repeat, a step forward a loss
            before = row;
        }

        await Eventually.TrueAsync(() => _journal.Cursor("publisher") == 2100, "the cursor");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WithinAsync();
        _stop.Dispose();
        if (_subscriber is not null)
        {
            _subscriber.Kill();
            await _subscriber.WaitForExitAsync().WithinAsync();
            _subscriber.Dispose();
        }

        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }
    }

    private async Task StartAsync(PublisherOptions options)
    {
        _broker = await TestBroker.StartAsync();
        IMessageClient client = await _broker.ConnectedAsync("publisher");
        await client.PublishAsync(Topics.JobRecords(TestRows.JobA), "ready"u8.ToArray(), 1, retain: true, CancellationToken.None).WithinAsync();
        await SubscribeAsync();
        await client.PublishAsync(Topics.JobRecords(TestRows.JobA), ReadOnlyMemory<byte>.Empty, 1, retain: true, CancellationToken.None).WithinAsync();
        var publisher = new RecordPublisher(
            _journal.Seen, client, new ConnectionWatch(client), Topics, options, TimeProvider.System, NullLogger<RecordPublisher>.Instance);
        _running = publisher.RunAsync(_stop.Token);
    }

    private async Task SubscribeAsync()
    {
        var ready = new TaskCompletionSource();
        string port = _broker!.Options.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _subscriber = new Process
        {
            StartInfo = new ProcessStartInfo("mosquitto_sub")
            {
                ArgumentList = { "-h", "127.0.0.1", "-p", port, "-q", "1", "-t", "celllab/v1/x/job/+/records" },
                RedirectStandardOutput = true,
            },
        };
        _subscriber.OutputDataReceived += (_, line) =>
        {
            if (line.Data == "ready")
            {
                ready.TrySetResult();
            }
            else if (line.Data?.Length > 0)
            {
                Receive(line.Data);
            }
        };
        _subscriber.Start();
        _subscriber.BeginOutputReadLine();
        await ready.Task.WithinAsync();
    }

    private void Receive(string line)
    {
        try
        {
            foreach (RecordRow row in RecordsPayload.ReadJob(System.Text.Encoding.UTF8.GetBytes(line)))
            {
                _received.Enqueue(row);
            }
        }
        catch (PayloadException error)
        {
            _problems.Enqueue(error.Message);
        }
    }
}
