using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Records;

namespace CellLab.Tests.Drivers.Neware;

public sealed class FollowingTests : IAsyncDisposable
{
    private readonly NewareBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Records_come_in_order_without_gap_or_repeat_and_the_token_resumes_after_them()
    {
        await _bench.ConnectAsync();
        _bench.Run();
        StoreRest(3);
        FollowedReading first = await _bench.TurnAsync(null);
        StoreRest(5);
        FollowedReading second = await _bench.TurnAsync(first.ResumeToken);

        await using var restarted = new NewareBench();
        restarted.Run();
        foreach (string record in _bench.Channel.Records)
        {
            restarted.Channel.Records.Add(record);
        }

        await restarted.ConnectAsync();
        FollowedReading resumed = await restarted.TurnAsync(first.ResumeToken);

        Assert.Equal([1L, 2, 3], first.Records.Select(r => r.RecordNumber));
        Assert.Equal([4L, 5, 6, 7, 8], second.Records.Select(r => r.RecordNumber));
        Assert.Equal(second.Records.Select(Placed), resumed.Records.Select(Placed));
        Assert.Equal(FollowOutcome.Following, second.Outcome);
    }

    [Fact]
    public async Task Times_come_from_the_instrument_and_its_time_zone()
    {
        await _bench.ConnectAsync();
        _bench.Run();
        _bench.Channel.Store(1, 0, "rest", 0, NewareBench.LocalStart, 3.1, 0);
        _bench.Channel.Store(1, 0, "rest", 10, NewareBench.LocalStart.AddSeconds(10), 3.1, 0);
        _bench.Channel.Store(2, 0, "cc", 0, NewareBench.LocalStart.AddSeconds(10), 3.1, 0.0003);
        _bench.Channel.Store(2, 0, "cc", 2.5, NewareBench.LocalStart.AddSeconds(12), 3.2, 0.0003);

        FollowedReading reading = await _bench.TurnAsync(null);

        Assert.Equal([0.0, 10, 10, 12.5], reading.Records.Select(r => r.SegmentTimeSeconds));
        Assert.Equal([1, 1, 2, 2], reading.Records.Select(r => r.StepCount));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 12, 500, TimeSpan.Zero), reading.Records[3].TakenAtUtc);
        Assert.Equal(StepKind.ConstantCurrentCharge, reading.Records[3].Kind);
        Assert.Equal(_bench.Wall.GetUtcNow(), reading.Records[3].ReceivedAtUtc);
    }

    [Fact]
    public async Task A_new_step_is_provisional_until_the_step_table_shows_its_predecessor()
    {
        await _bench.ConnectAsync();
        _bench.Run();
        _bench.Channel.Store(1, 0, "rest", 0, NewareBench.LocalStart, 3.1, 0);
        _bench.Channel.Store(1, 0, "rest", 9.8, NewareBench.LocalStart.AddSeconds(9), 3.1, 0);
        _bench.Channel.Store(2, 0, "cc", 1, NewareBench.LocalStart.AddSeconds(11), 3.1, 0.0003);
        _bench.Channel.StoreStep(1, 2, 1, 10);

        FollowedReading first = await _bench.TurnAsync(null);
        _bench.Channel.Store(2, 0, "cc", 2, NewareBench.LocalStart.AddSeconds(12), 3.1, 0.0003);
        FollowedReading second = await _bench.TurnAsync(first.ResumeToken);

        Assert.Equal([false, false, true], first.Records.Select(r => r.Provisional));
        Assert.Equal([new StepTime(1, 1, 0, 10, 1, 2)], first.StepTimes);
        InstrumentRecord record = Assert.Single(second.Records);
        Assert.False(record.Provisional);
        Assert.Equal(12, record.SegmentTimeSeconds, 9);
    }

    [Fact]
    public async Task The_step_table_is_read_once_a_cycle_or_every_ten_minutes_not_at_every_step()
    {
        await _bench.ConnectAsync();
        _bench.Run();
        string? token = null;
        for (int step = 0; step < 20; step++)
        {
            _bench.Channel.Store(step % 2 == 0 ? 2 : 3, 5, "rest", 0, NewareBench.LocalStart.AddSeconds(step), 3.1, 0);
            token = (await _bench.TurnAsync(token)).ResumeToken;
        }

        Assert.Equal(1, _bench.Bts.Commands.Count(c => c == "downloadStepLayer"));
    }

    [Fact]
    public async Task A_test_is_complete_only_when_the_bts_says_that_everything_is_uploaded()
    {
        await _bench.ConnectAsync();
        _bench.Run();
        StoreRest(2);
        _bench.Channel.State = "finish";
        FollowedReading first = await _bench.TurnAsync(null);
        StoreRest(1);
        _bench.Channel.StoreStep(1, 3, 1, 20);
        _bench.Channel.Log.Add("<data seqid=\"1\" log_code=\"100001\" atime=\"2026-01-01 01:00:20\"/>");
        _bench.Channel.Complete = true;
        FollowedReading second = await _bench.TurnAsync(first.ResumeToken);

        Assert.Equal(FollowOutcome.Following, first.Outcome);
        Assert.Equal(FollowOutcome.Complete, second.Outcome);
        Assert.Equal(3, Assert.Single(second.Records).RecordNumber);
        Assert.Equal([new StepTime(1, 1, 0, 20, 1, 3)], second.StepTimes);
        Assert.Contains(second.Notes, n => n.Contains("100001 (finished)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("protect")]
    public async Task A_test_that_was_stopped_or_protected_has_ended_early(string state)
    {
        await _bench.ConnectAsync();
        _bench.Run();
        StoreRest(2);
        _bench.Channel.State = state;
        _bench.Channel.Complete = true;

        FollowedReading reading = await _bench.TurnAsync(null);

        Assert.Equal(FollowOutcome.EndedEarly, reading.Outcome);
        Assert.Equal(2, reading.Records.Count);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("synCtrl")]
    public async Task A_channel_that_is_offline_or_says_an_unknown_word_is_away_and_nothing_is_concluded(string state)
    {
        await _bench.ConnectAsync();
        _bench.Run();
        StoreRest(2);
        FollowedReading before = await _bench.TurnAsync(null);
        _bench.Channel.State = state;

        FollowedReading away = await _bench.TurnAsync(before.ResumeToken);

        Assert.Equal(FollowOutcome.Away, away.Outcome);
        Assert.Equal(before.ResumeToken, away.ResumeToken);
    }

    [Fact]
    public async Task A_channel_that_leaves_the_device_list_is_away_and_comes_back_without_a_gap()
    {
        await _bench.ConnectAsync();
        _bench.Run();
        StoreRest(2);
        FollowedReading before = await _bench.TurnAsync(null);
        FakeChannel gone = _bench.Channel;
        _bench.Bts.Channels.Remove(1);
        await _bench.ConnectAsync();
        FollowedReading away = await _bench.TurnAsync(before.ResumeToken);
        _bench.Bts.Channels[1] = gone;
        StoreRest(1);
        _bench.Wall.Advance(TimeSpan.FromMinutes(1));
        FollowedReading back = await _bench.TurnAsync(away.ResumeToken);

        Assert.Equal(FollowOutcome.Away, away.Outcome);
        Assert.Equal(3, Assert.Single(back.Records).RecordNumber);
    }

    [Fact]
    public async Task Another_test_on_the_channel_closes_ours_as_overrun_with_what_is_left_of_it()
    {
        await _bench.ConnectAsync();
        _bench.Run();
        StoreRest(4);
        FollowedReading first = await _bench.TurnAsync(null);
        StoreRest(2);
        _bench.Channel.Earlier = (7, [.. _bench.Channel.Records]);
        _bench.Channel.Records.Clear();
        _bench.Channel.TestId = 8;
        FollowedReading overrun = await _bench.TurnAsync(first.ResumeToken);

        Assert.Equal(FollowOutcome.Overrun, overrun.Outcome);
        Assert.Equal([5L, 6], overrun.Records.Select(r => r.RecordNumber));
        Assert.DoesNotContain("stop", _bench.Bts.Commands);
    }

    [Fact]
    public async Task Catching_up_takes_pages_of_1000_and_near_a_limit_of_200()
    {
        await _bench.ConnectAsync();
        _bench.Run();
        StoreRest(1500);
        FollowedReading big = await _bench.TurnAsync(null);
        FollowedReading small = await _bench.TurnAsync(null, limitNear: true);

        Assert.Equal((1000, true), (big.Records.Count, big.More));
        Assert.Equal((200, true), (small.Records.Count, small.More));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(3e-7)]
    public async Task Currents_a_thousand_times_off_are_a_configuration_fault_before_any_of_them_is_returned(double amperes)
    {
        await _bench.ConnectAsync();
        _bench.Run();
        _bench.Channel.Store(1, 0, "rest", 0, NewareBench.LocalStart, 3.1, 0);
        _bench.Channel.Store(2, 0, "cc", 0, NewareBench.LocalStart.AddSeconds(10), 3.1, amperes);
        FollowedReading first = await _bench.TurnAsync(null);
        for (int seconds = 10; seconds <= 30; seconds += 10)
        {
            _bench.Channel.Store(2, 0, "cc", seconds, NewareBench.LocalStart.AddSeconds(10 + seconds), 3.1, amperes);
        }

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => _bench.TurnAsync(first.ResumeToken));

        Assert.Equal([1L], first.Records.Select(r => r.RecordNumber));
        Assert.Equal(FaultKind.Configuration, fault.Kind);
        Assert.Contains("settings.units", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_without_any_current_is_held_back_for_two_records_only_so_that_limits_see_it()
    {
        await _bench.ConnectAsync();
        _bench.Run();
        _bench.Channel.Store(2, 0, "cc", 1, NewareBench.LocalStart, 4.5, 0);
        _bench.Channel.Store(2, 0, "cc", 2, NewareBench.LocalStart.AddSeconds(1), 4.6, 1e-9);
        FollowedReading two = await _bench.TurnAsync(null);
        _bench.Channel.Store(2, 0, "cc", 3, NewareBench.LocalStart.AddSeconds(2), 4.7, 0);
        FollowedReading three = await _bench.TurnAsync(two.ResumeToken);

        Assert.Empty(two.Records);
        Assert.False(two.More);
        Assert.Equal(3, three.Records.Count);
    }

    [Fact]
    public async Task Once_the_units_have_been_seen_right_a_lost_contact_is_not_taken_for_wrong_units()
    {
        await _bench.ConnectAsync();
        _bench.Run();
        _bench.Channel.Store(2, 0, "cc", 1, NewareBench.LocalStart, 3.1, 0.0003);
        for (int seconds = 2; seconds < 8; seconds++)
        {
            _bench.Channel.Store(2, 0, "cc", seconds, NewareBench.LocalStart.AddSeconds(seconds - 1), 4.5, 3e-7);
        }

        FollowedReading reading = await _bench.TurnAsync(null);

        Assert.Equal(7, reading.Records.Count);
    }

    [Theory]
    [InlineData("cc", 0.3)]
    [InlineData("cv", 0.25)]
    public async Task Units_that_change_while_a_test_runs_are_told_and_nothing_more_is_taken_until_they_are_right_again(string kind, double amperes)
    {
        CellProgram program = kind == "cc" ? NewareBench.Program : NewareBench.Program with { Steps = [NewareBench.Program.Steps[1] with { Number = 1 }, new VoltageStep(2, "main", 4.8, true, 3600, null)] };
        await _bench.ConnectAsync();
        _bench.Run();
        _bench.Channel.Store(kind == "cc" ? 2 : 1, 0, "cc", 1, NewareBench.LocalStart, 3.1, 0.0003);
        FollowedReading right = await _bench.TurnAsync(null, program: program);
        _bench.Channel.Store(2, 0, kind, 2, NewareBench.LocalStart.AddSeconds(2), 3.2, amperes);

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => _bench.TurnAsync(right.ResumeToken, program: program));
        _bench.Channel.Records.RemoveAt(1);
        _bench.Channel.Store(2, 0, kind, 2, NewareBench.LocalStart.AddSeconds(2), 3.2, amperes / 1000);
        FollowedReading again = await _bench.TurnAsync(right.ResumeToken, program: program);

        Assert.Equal(FaultKind.Configuration, fault.Kind);
        Assert.Equal(amperes / 1000, Assert.Single(again.Records).CurrentAmperes, 1e-12);
    }

    [Fact]
    public async Task After_a_pause_times_are_counted_anew_and_not_stretched()
    {
        await _bench.ConnectAsync();
        _bench.Run();
        _bench.Channel.Store(1, 0, "rest", 0, NewareBench.LocalStart, 3.1, 0);
        FollowedReading first = await _bench.TurnAsync(null);
        _bench.Channel.State = "pause";
        FollowedReading paused = await _bench.TurnAsync(first.ResumeToken);
        _bench.Channel.State = "working";
        _bench.Channel.Store(1, 0, "rest", 10, NewareBench.LocalStart.AddSeconds(610), 3.1, 0);
        FollowedReading after = await _bench.TurnAsync(paused.ResumeToken);

        InstrumentRecord record = Assert.Single(after.Records);
        Assert.Equal(10, record.SegmentTimeSeconds);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 10, 10, TimeSpan.Zero), record.TakenAtUtc);
        Assert.Contains(after.Notes, n => n.Contains("600 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_turn_makes_a_bounded_number_of_downloads_and_the_next_one_serves_the_others_first()
    {
        for (int channel = 1; channel <= 24; channel++)
        {
            var fake = new FakeChannel { State = "working", TestId = 7, Complete = false };
            fake.Store(1, 0, "rest", 0, NewareBench.LocalStart, 3.1, 0);
            _bench.Bts.Channels[channel] = fake;
        }

        await _bench.ConnectAsync();
        ChannelCursor[] cursors =
            [.. _bench.Device.Channels.Select(c => new ChannelCursor(c, "7", null, NewareBench.Program))];
        BankReading first = await _bench.Device.PollAsync(cursors, CancellationToken.None);
        cursors = [.. first.Followed.Select((f, i) => cursors[i] with { ResumeToken = f.ResumeToken })];
        BankReading second = await _bench.Device.PollAsync(cursors, CancellationToken.None);

        Assert.Equal(16, first.Followed.Sum(f => f.Records.Count));
        Assert.Equal(8, first.Followed.Count(f => f.More));
        Assert.Equal(8, second.Followed.Sum(f => f.Records.Count));
        Assert.DoesNotContain(second.Followed, f => f.More);
    }

    [Fact]
    public async Task Nothing_remembered_passes_for_present_when_the_connection_is_gone()
    {
        await _bench.ConnectAsync();
        _bench.Run();
        await _bench.TurnAsync(null);
        _bench.Bts.Twist = (_, _) => "garbage";
        await Assert.ThrowsAsync<DeviceFaultException>(() => _bench.Device.InspectAsync(NewareBench.One, CancellationToken.None));

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => _bench.Device.PollAsync([], CancellationToken.None));

        Assert.Equal(FaultKind.Unreachable, fault.Kind);
    }

    private static (long, int, double, DateTimeOffset, bool) Placed(InstrumentRecord r) =>
        (r.RecordNumber, r.StepCount, r.SegmentTimeSeconds, r.TakenAtUtc, r.Provisional);

    private void StoreRest(int count)
    {
        for (int i = 0; i < count; i++)
        {
            double seconds = 10 * _bench.Channel.Records.Count;
            _bench.Channel.Store(1, 0, "rest", seconds, NewareBench.LocalStart.AddSeconds(seconds), 3.1, 0);
        }
    }
}
