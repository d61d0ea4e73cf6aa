using CellLab.Messaging.Payloads;
using CellLab.Messaging.Publishing;
using CellLab.Messaging.Topics;
using CellLab.TestKit.Time;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Messaging.Publishing;

public sealed class LivePublisherTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task The_newest_row_of_each_job_goes_out_twice_a_second_at_most_and_old_ones_are_dropped_without_a_connection()
    {
        var journal = new TestJournal();
        await using var client = new TestClient();
        var wall = new ManualTimeProvider();
        using var stop = new CancellationTokenSource();
        var live = new LivePublisher(journal.Seen, client, new TopicMap("x"), new PublisherOptions { Node = "n" }, wall);
        Task running = live.RunAsync(stop.Token);

        journal.Commit(TestRows.Rows(TestRows.JobA, 1, 10));
        journal.Commit([TestRows.Row(TestRows.JobB, 1), TestRows.Row(TestRows.JobA, 11)]);
        wall.Advance(Interval / 2);
        Assert.Empty(client.Messages);
        wall.Advance(Interval / 2);
        await Eventually.TrueAsync(() => client.Messages.Count == 2, "one message for each job");
        client.Connect(false);
        journal.Commit([TestRows.Row(TestRows.JobA, 12)]);
        wall.Advance(Interval);
        await Eventually.TrueAsync(() => wall.ArmedTimers > 0, "the next tick");
        client.Connect(true);
        journal.Commit([TestRows.Row(TestRows.JobB, 2)]);
        wall.Advance(Interval);
        await Eventually.TrueAsync(() => client.Messages.Any(sent => Read(sent).Seq == 2), "the next row");

        Assert.Equal((11L, 0, false), (Read(Of(client, TestRows.JobA.Value)).Seq, Of(client, TestRows.JobA.Value).Qos, Of(client, TestRows.JobA.Value).Retain));
        Assert.Equal("celllab/v1/x/job/aaaaaaaaaaaa/live", Of(client, TestRows.JobA.Value).Topic);
        Assert.DoesNotContain(client.Messages, sent => Read(sent).Job == TestRows.JobB.Value && Read(sent).Seq > 2);
        await stop.CancelAsync();
        await running.WithinAsync();
    }

    private static TestClient.Sent Of(TestClient client, string job) => client.Messages.First(sent => Read(sent).Job == job);

    private static LivePayload Read(TestClient.Sent sent) => PayloadJson.Read<LivePayload>(sent.Payload);
}
