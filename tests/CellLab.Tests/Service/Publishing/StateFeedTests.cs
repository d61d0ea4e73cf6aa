using System.Collections.Concurrent;
using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using CellLab.Messaging;
using CellLab.Messaging.Publishing;
using CellLab.Messaging.Topics;
using CellLab.Service.Publishing;
using CellLab.Storage;
using CellLab.Tests.Service.Rest;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace CellLab.Tests.Service.Publishing;

/// <summary>What stands in the retained topics, told to a client that keeps the last payload of each.</summary>
public sealed class StateFeedTests : IAsyncLifetime, IDisposable
{
    private const string Id = "abcdefgh2345";
    private const string Job = "celllab/v1/lab1/job/abcdefgh2345";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentDictionary<string, string> retained = new();
    private readonly IExperimentDesk desk = Substitute.For<IExperimentDesk>();
    private readonly IMessageClient client = Substitute.For<IMessageClient>();
    private readonly CancellationTokenSource ending = new();
    private Journal journal = null!;
    private ChangeHub? hub;
    private Task running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        journal = await Journal.OpenAsync(Path.Combine(folder.Path, "data"), Clocks.RealTime, NullLoggerFactory.Instance, CancellationToken.None);
        desk.ProgressOf(default).ReturnsForAnyArgs((JobProgress?)null);
        desk.Devices.Returns([Device(DeviceState.Online)]);
        desk.FindDevice(default).ReturnsForAnyArgs(call => desk.Devices.FirstOrDefault(device => device.Id == call.Arg<DeviceId>()));
        desk.FindChannel(default).ReturnsForAnyArgs(
            call => desk.Devices.SelectMany(device => device.Channels).FirstOrDefault(channel => channel.Status.Channel == call.Arg<ChannelAddress>()));
        client.IsConnected.Returns(true);
        client.PublishAsync(default!, default, default, default, default).ReturnsForAnyArgs(Task.CompletedTask).AndDoes(call =>
            retained[call.ArgAt<string>(0)] = System.Text.Encoding.UTF8.GetString(call.ArgAt<ReadOnlyMemory<byte>>(1).Span));
    }

    public async Task DisposeAsync()
    {
        await ending.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await journal.DisposeAsync();
    }

    public void Dispose()
    {
        hub?.Dispose();
        ending.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task What_there_was_at_the_start_is_told_and_what_ended_long_ago_is_not()
    {
        await Stories.RunningAsync(journal, Id, "lmno");
        await journal.CommitAsync(
            new JournalWrite { Jobs = [Stories.Job("endedendeded", "old", JobState.Completed)], Alarms = [Stories.Alarm("limit-1")] }, CancellationToken.None);

        Start();

        await UntilAsync(() => retained.Count >= 4);
        Assert.Equal("Running", Member(Job + "/state", "state"));
        Assert.Equal("Online", Member("celllab/v1/lab1/device/cycler1/state", "state"));
        Assert.Equal("Idle", Member("celllab/v1/lab1/channel/cycler1.27-1-1/state", "state"));
        Assert.Equal("critical", Member("celllab/v1/lab1/alarm/limit-1", "severity"));
        Assert.DoesNotContain(retained.Keys, topic => topic.Contains("endedendeded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changes_replace_the_state_and_an_end_clears_the_progress()
    {
        await Stories.RunningAsync(journal, Id, "lmno");
        desk.ProgressOf(new JobId(Id)).Returns(new JobProgress(new JobId(Id), 7, 1, "main", 1, 1, 1, 150, 3.005, 5e-5, Stories.Noon, 1));
        Start();
        await UntilAsync(() => retained.ContainsKey(Job + "/state"));

        desk.Changed += Raise.Event<Action<string, string>>("progress", Id);
        await UntilAsync(() => retained.ContainsKey(Job + "/progress"));
        Assert.Contains("3.005", retained[Job + "/progress"], StringComparison.Ordinal);

        await journal.CommitAsync(new JournalWrite { Jobs = [Stories.Job(Id, "lmno", JobState.Completed)] }, CancellationToken.None);
        desk.Changed += Raise.Event<Action<string, string>>("job", Id);
        await UntilAsync(() => retained[Job + "/progress"].Length == 0);

        Assert.Equal("Completed", Member(Job + "/state", "state"));
    }

    [Fact]
    public async Task An_alarm_that_is_over_leaves_its_topic_and_a_name_that_fits_no_topic_harms_nobody()
    {
        await journal.CommitAsync(new JournalWrite { Alarms = [Stories.Alarm("limit-1"), Stories.Alarm("Not A Topic/#")] }, CancellationToken.None);
        Start();
        await UntilAsync(() => retained.ContainsKey("celllab/v1/lab1/alarm/limit-1"));

        Alarm over = Stories.Alarm("limit-1", active: false) with { AcknowledgedAtUtc = Stories.Noon, AcknowledgedBy = "anna" };
        await journal.CommitAsync(new JournalWrite { Alarms = [over] }, CancellationToken.None);
        desk.Changed += Raise.Event<Action<string, string>>("alarm", "limit-1");

        await UntilAsync(() => retained["celllab/v1/lab1/alarm/limit-1"].Length == 0);
        Assert.DoesNotContain(retained.Keys, topic => topic.Contains("Not A Topic", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_a_reload_takes_out_leaves_its_topics_with_its_channels()
    {
        desk.Devices.Returns([Device(DeviceState.Online), Device(DeviceState.Online, "cycler2", "28-1-1")]);
        Start();
        await UntilAsync(() => retained.ContainsKey("celllab/v1/lab1/channel/cycler2.28-1-1/state"));

        desk.Devices.Returns([Device(DeviceState.Online)]);
        desk.Changed += Raise.Event<Action<string, string>>("device", "cycler2");

        await UntilAsync(() => retained["celllab/v1/lab1/channel/cycler2.28-1-1/state"].Length == 0);
        await UntilAsync(() => retained["celllab/v1/lab1/device/cycler2/state"].Length == 0);
        Assert.Equal("Idle", Member("celllab/v1/lab1/channel/cycler1.27-1-1/state", "state"));
        desk.Changed += Raise.Event<Action<string, string>>("device", "cycler1");
        await UntilAsync(() => !Noted().Contains("cycler2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_earlier_start_has_left_is_taken_away_and_a_device_that_is_not_reached_yet_keeps_its_channels()
    {
        desk.Devices.Returns([Device(DeviceState.Connecting) with { Channels = [] }]);
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, PublishedStates.FileName), "channel cycler1.27-1-1\nchannel old1.1\ndevice cycler1\ndevice old1\nchannel .\nrubbish\n");

        Start();

        await UntilAsync(() => retained.ContainsKey("celllab/v1/lab1/device/old1/state") && retained.ContainsKey("celllab/v1/lab1/channel/old1.1/state"));
        Assert.Equal("", retained["celllab/v1/lab1/device/old1/state"] + retained["celllab/v1/lab1/channel/old1.1/state"]);
        Assert.DoesNotContain("celllab/v1/lab1/channel/cycler1.27-1-1/state", retained.Keys);
    }

    private static DeviceView Device(DeviceState state, string id = "cycler1", string channel = "27-1-1")
    {
        var status = new ChannelStatus(ChannelAddress.Parse($"{id}.{channel}"), ChannelState.Idle, "finish", Stories.Noon, 3.1, 0);
        return new DeviceView(new DeviceId(id), "Neware", true, state, null, null, [new ChannelView(status, null, null)]);
    }

    private string Noted() => File.ReadAllText(Path.Combine(folder.Path, PublishedStates.FileName));

    private void Start()
    {
        hub = new ChangeHub(journal, desk);
        var connection = new ConnectionWatch(client);
        var publisher = new RetainedPublisher(
            client, connection, new PublisherOptions { Node = "bench" }, TimeProvider.System, NullLogger<RetainedPublisher>.Instance);
        var feed = new StateFeed(hub, journal, desk, publisher, PublishedStates.In(folder.Path, NullLogger.Instance), new TopicMap("lab1"), TimeProvider.System, NullLogger<StateFeed>.Instance);
        running = Task.WhenAll(Task.Run(() => publisher.RunAsync(ending.Token)), Task.Run(() => feed.RunAsync(ending.Token)));
    }

    private string? Member(string topic, string member) => JsonSerializer.Deserialize<JsonElement>(retained[topic]).GetProperty(member).GetString();

    private async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        while (!condition())
        {
            Assert.False(running.IsFaulted, running.Exception?.ToString());
            await look.WaitForNextTickAsync(limit.Token);
        }
    }
}
