using CellLab.Core.Devices;

namespace CellLab.Tests.Drivers.Neware;

/// <summary>One channel whose pages cannot be read does not keep the others of the cabinet from being followed.</summary>
public sealed class ChannelTroublesTests : IAsyncDisposable
{
    private static readonly ChannelAddress s_two = new(NewareBench.One.Device, "21-1-2");

    private readonly NewareBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_hole_in_one_channels_pages_stops_that_channel_alone()
    {
        Begin(1, 7);
        Begin(2, 8);
        _bench.Bts.Channels[2].Records.RemoveAt(1);
        await _bench.ConnectAsync();

        for (int times = 0; times < 2; times++)
        {
            DeviceFaultException fault = await Assert.ThrowsAsync<DeviceFaultException>(PollAsync);
            Assert.Equal(FaultKind.Protocol, fault.Kind);
            await _bench.ConnectAsync();
        }

        IReadOnlyList<FollowedReading> held = await PollAsync();
        Assert.Equal([FollowOutcome.Following, FollowOutcome.Away], held.Select(reading => reading.Outcome));
        Assert.Equal(3, held[0].Records.Count);
        Assert.Contains("cannot be read", Assert.Single(held[1].Notes), StringComparison.Ordinal);
        Assert.Empty((await PollAsync())[1].Notes);

        _bench.Wall.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<DeviceFaultException>(PollAsync);
        await _bench.ConnectAsync();
        _bench.Wall.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(FollowOutcome.Away, (await PollAsync())[1].Outcome); // twice as long now
    }

    [Fact]
    public async Task A_channel_that_is_served_again_has_its_patience_back()
    {
        Begin(1, 7);
        Begin(2, 8);
        string hole = _bench.Bts.Channels[2].Records[1];
        _bench.Bts.Channels[2].Records.RemoveAt(1);
        await _bench.ConnectAsync();
        await Assert.ThrowsAsync<DeviceFaultException>(PollAsync);
        await _bench.ConnectAsync();

        _bench.Bts.Channels[2].Records.Insert(1, hole);
        Assert.Equal(3, (await PollAsync())[1].Records.Count);
        _bench.Bts.Channels[2].Records.RemoveAt(1);
        await Assert.ThrowsAsync<DeviceFaultException>(PollAsync);
    }

    private void Begin(int channel, long testId)
    {
        FakeChannel fake = _bench.Bts.Channels[channel];
        (fake.State, fake.TestId, fake.Complete) = ("working", testId, false);
        for (int second = 0; second < 3; second++)
        {
            fake.Store(1, 0, "rest", second, NewareBench.LocalStart.AddSeconds(second), 3.1, 0);
        }
    }

    private async Task<IReadOnlyList<FollowedReading>> PollAsync()
    {
        _bench.Wall.Advance(TimeSpan.FromSeconds(10));
        return (await _bench.Device.PollAsync(
            [new ChannelCursor(NewareBench.One, "7", null, NewareBench.Program, false), new ChannelCursor(s_two, "8", null, NewareBench.Program, false)], CancellationToken.None)).Followed;
    }
}
