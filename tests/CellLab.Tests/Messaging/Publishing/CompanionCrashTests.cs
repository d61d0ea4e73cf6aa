using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Publishing;
using CellLab.Messaging.Topics;
using CellLab.Storage;
using CellLab.TestKit.Waiting;
using CellLab.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Messaging.Publishing;

/// <summary>A service that is killed at any moment between commit and publish: what its folder holds at that moment is opened again.</summary>
public sealed class CompanionCrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_between_commit_and_publish_everything_goes_out_once_after_the_restart()
    {
        TemporaryFolder left;
        await using (Journal journal = await OpenAsync(_folder))
        {
            await CommitAsync(journal, 1, 40);
            left = _folder.CopyAsAfterKill();
        }

        using (left)
        {
            await using Journal again = await OpenAsync(left);
            await CommitAsync(again, 41, 5);
            Assert.Equal(CompanionRows.Ions(TestRows.JobA, 1, 45), await PublishedAsync(again, until: 45));
        }
    }

    [Fact]
    public async Task Killed_before_the_acknowledgements_the_rows_go_out_again_and_none_is_missing()
    {
        TemporaryFolder left;
        var before = new List<CompanionRow>();
        await using (Journal journal = await OpenAsync(_folder))
        {
            await CommitAsync(journal, 1, 20);
            before.AddRange(await PublishedAsync(journal, until: 20));
            await CommitAsync(journal, 21, 20);
            await using var client = new TestClient { Acknowledges = false };
            await RunAsync(journal, client, () => Eventually.TrueAsync(() => client.Messages.Count > 0, "a message"));
            before.AddRange(Rows(client));
            left = _folder.CopyAsAfterKill();
        }

        using (left)
        {
            await using Journal again = await OpenAsync(left);
            IReadOnlyList<CompanionRow> after = await PublishedAsync(again, until: 40);

            Assert.Equal(21, after[0].Sequence); // what was acknowledged is not sent again
            Assert.Equal(CompanionRows.Ions(TestRows.JobA, 1, 40), before.Concat(after).DistinctBy(row => row.Sequence));
            Assert.Equal(40, await again.CountCompanionsPublishedAsync(TestRows.JobA, Streams.MassSpectrometer, default));
        }
    }

    private static Task<Journal> OpenAsync(TemporaryFolder folder) =>
        Journal.OpenAsync(folder.Path, Clocks.RealTime, NullLoggerFactory.Instance, new JournalOptions { MoveRows = 8 }, default);

    private static Task CommitAsync(Journal journal, long first, int count) =>
        journal.CommitAsync(new JournalWrite { Companions = CompanionRows.Ions(TestRows.JobA, first, count) }, default);

    /// <summary>What a subscriber of the node gets while the publisher runs up to this position.</summary>
    private static async Task<IReadOnlyList<CompanionRow>> PublishedAsync(Journal journal, long until)
    {
        await using var client = new TestClient();
        await RunAsync(journal, client, () => Eventually.TrueAsync(
            () => journal.ReadCursorAsync(JournalCursors.CompanionPublisher, default).Result == until, $"the cursor at {until}"));
        return Rows(client);
    }

    private static async Task RunAsync(Journal journal, TestClient client, Func<Task> until)
    {
        using var watch = new ConnectionWatch(client);
        using var stop = new CancellationTokenSource();
        var options = new PublisherOptions { Node = "n", JobInterval = TimeSpan.FromMilliseconds(5), JobRows = 16 };
        var publisher = new CompanionPublisher(
            journal, client, watch, new TopicMap("x"), options, TimeProvider.System, NullLogger<CompanionPublisher>.Instance);
        Task running = publisher.RunAsync(stop.Token);
        await until();
        await stop.CancelAsync();
        await running.WithinAsync();
    }

    private static List<CompanionRow> Rows(TestClient client) =>
        [.. client.Messages.Where(sent => sent.Topic.EndsWith("/companions", StringComparison.Ordinal)).SelectMany(sent => CompanionsPayload.ReadNode(sent.Payload)).SelectMany(run => run)];
}
