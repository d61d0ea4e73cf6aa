using CellLab.Core.Records;
using CellLab.Core.Time;
using CellLab.Messaging;
using CellLab.Messaging.Payloads;
using CellLab.Messaging.Topics;
using CellLab.Service.AnalysisRole;
using CellLab.Storage.Analysis;
using CellLab.Tests.Messaging;
using CellLab.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Service.AnalysisRole;

/// <summary>The role over a real broker that is killed in the middle.</summary>
[Trait("Suite", "Broad")]
public sealed class Analysis_over_a_broker
{
    private static readonly TopicMap Topics = new("lab");

    [Fact]
    public async Task A_broker_killed_in_the_middle_changes_no_result_and_loses_no_cycle()
    {
        RecordRow[] rows = JobRows.OfCycles(8);
        using var folder = new TemporaryFolder();
        var service = new FakeService();
        await using TestBroker broker = await TestBroker.StartAsync();
        await using var inbox = new Inbox(await broker.ConnectedAsync("watcher"), Topics.JobCycle(FakeService.Job));
        IMessageClient node = await broker.ConnectedAsync("node");
        using AnalysisRoleService role = Role(service, await broker.ConnectedAsync("analysis"), folder);
        await role.StartAsync(CancellationToken.None);
        int message = 0;
        foreach (RecordRow[] part in rows.Chunk(8))
        {
            service.Store(part, tellStored: true);
            message++;
            if (message == 15)
            {
                broker.Kill();
            }

            await PublishAsync(node, part);
        }

        service.Complete();
        var reader = new AnalysisReader(folder.Path);
        await Eventually.TrueAsync(() => reader.ReadCycles(FakeService.Job, Streams.Cycler) is [.., { Cycle: 8, Closed: true }], "eight cycles");
        await Eventually.TrueAsync(() => Numbers(inbox) is [.., 8], "the last cycle's message");
        await role.StopAsync(CancellationToken.None);

        Assert.Equal(rows.Length, reader.CountAnalysed(FakeService.Job, Streams.Cycler));
        Assert.Equal(Enumerable.Range(1, 8), Numbers(inbox).Distinct());
    }

    private static List<int> Numbers(Inbox inbox) =>
        [.. inbox.Messages.Select(message => PayloadJson.Read<CyclePayload>(message.Payload).Cycle)];

    private static AnalysisRoleService Role(FakeService service, IMessageClient client, TemporaryFolder folder) => new(
        service,
        client,
        new AnalysisRoleOptions
        {
            Site = "lab",
            ServiceUrl = new Uri("http://127.0.0.1"),
            DataFolder = folder.Path,
            SurveyInterval = TimeSpan.FromMilliseconds(200),
            FlushInterval = TimeSpan.FromMilliseconds(20),
            RetryInterval = TimeSpan.FromMilliseconds(50),
            SubscriberGrace = TimeSpan.FromSeconds(2),
            Overlap = TimeSpan.FromSeconds(30), // a loaded machine may be slow to notice
        },
        Clocks.RealTime,
        NullLogger<AnalysisRoleService>.Instance);

    private static Task PublishAsync(IMessageClient node, RecordRow[] rows) => Eventually.TrueAsync(
        async () =>
        {
            using var buffer = new PooledBuffer();
            RecordsPayload.WriteNode(buffer, "node1", [rows]);
            try
            {
                await node.PublishAsync(Topics.NodeRecords("node1"), buffer.Written, 1, retain: false, CancellationToken.None);
                return true;
            }
            catch (MessageException)
            {
                return false; // the broker is away: again
            }
        },
        "the message is taken");
}
