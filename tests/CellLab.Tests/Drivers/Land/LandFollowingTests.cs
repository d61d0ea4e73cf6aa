using CellLab.Core.Devices;
using CellLab.Core.Records;

namespace CellLab.Tests.Drivers.Land;

public sealed class LandFollowingTests
{
    private const string Name = "1-1_a.ccs";

    [Theory]
    [InlineData(20)]
    [InlineData(24)]
    public async Task A_growing_file_is_followed_record_by_record_without_gap_or_repeat(int recordBytes)
    {
        using LandFolderBench bench = await LandFolderBench.StartAsync();
        CcsBytes file = new CcsBytes("t", recordBytes).Step(0x24, 1, 0);
        for (int i = 0; i < 14; i++)
        {
            bench.Write(Name, file.Record(10, 3.5f + (0.01f * i), 1e-3f).Bytes);
            await bench.TurnAsync();
            bench.Wall.Advance(TimeSpan.FromSeconds(10));
        }

        bench.Write(Name, file.Step(1, 2, 140).Record(10, 3.6f, 0).Bytes);
        await bench.TurnAsync();

        Assert.Equal(Enumerable.Range(1, 15).Select(n => (long)n), bench.Records.Select(r => r.RecordNumber));
        Assert.Equal(Enumerable.Range(0, 14).Select(i => 3.5f + (0.01f * i)), bench.Records.Take(14).Select(r => (float)r.VoltageVolts));
        Assert.Equal((140, 2, 2, StepKind.Rest), (bench.Records[13].SegmentTimeSeconds, bench.Records[14].StepCount, bench.Records[14].StepId, bench.Records[14].Kind));
        Assert.Equal(new StepTime(1, 1, 0, 140, 1, 14), Assert.Single(bench.StepTimes));
        Assert.Equal(14 * 1e-2 / 3600, bench.Records[13].StepCapacityAmpereHours!.Value, 9);
    }

    [Fact]
    public async Task The_sign_of_the_current_gives_the_direction_whatever_the_mode_word_says()
    {
        using LandFolderBench bench = await LandFolderBench.StartAsync();
        bench.Write(Name, new CcsBytes("t").Step(0x44, 1, 0).Records(2, 10, 3.5f, 1e-3f).Step(0x24, 2, 20).Records(2, 10, 3.5f, -1e-3f).Step(0x21, 3, 40).Records(2, 1, 3.5f, -1e-3f).Bytes);

        await bench.TurnAsync();

        Assert.Equal(
            [StepKind.ConstantCurrentCharge, StepKind.ConstantCurrentDischarge, StepKind.ConstantVoltage], bench.Records.Where((_, i) => i % 2 == 0).Select(r => r.Kind));
        Assert.All(bench.Records, r => Assert.True(r.StepCapacityAmpereHours > 0));
    }

    [Fact]
    public async Task Half_a_block_at_the_end_is_waited_for()
    {
        using LandFolderBench bench = await LandFolderBench.StartAsync();
        byte[] file = new CcsBytes("t").Step(0x24, 1, 0).Records(8, 10, 3.5f, 1e-3f).Bytes;
        bench.Write(Name, file[..^50]);
        await bench.TurnAsync();
        int before = bench.Records.Count;
        bench.Write(Name, file);
        await bench.TurnAsync();

        Assert.Equal((5, 8), (before, bench.Records.Count));
    }

    [Fact]
    public async Task A_new_driver_goes_on_from_the_token_in_the_middle_of_a_block()
    {
        using LandFolderBench bench = await LandFolderBench.StartAsync();
        CcsBytes file = new CcsBytes("t").Step(0x24, 1, 0).Records(8, 10, 3.5f, 1e-3f);
        bench.Write(Name, file.Bytes);
        await bench.TurnAsync();
        await bench.RestartAsync();
        bench.Write(Name, file.Records(4, 10, 3.5f, 1e-3f).Bytes);
        await bench.TurnAsync();

        Assert.Equal(Enumerable.Range(1, 12).Select(n => (long)n), bench.Records.Select(r => r.RecordNumber));
        Assert.Equal(120, bench.Records[^1].StepTimeSeconds, 6);
    }

    [Fact]
    public async Task A_continued_file_belongs_to_the_same_test()
    {
        using LandFolderBench bench = await LandFolderBench.StartAsync();
        bench.Write(Name, new CcsBytes("t").Step(0x24, 1, 0).Records(8, 10, 3.5f, 1e-3f).Bytes);
        await bench.TurnAsync();
        bench.Write("1-1_a-2.ccs", new CcsBytes("t").Step(1, 2, 80).Records(3, 10, 3.5f, 0).Bytes);

        FollowedReading reading = await bench.TurnAsync();

        Assert.Equal(FollowOutcome.Following, reading.Outcome);
        Assert.Equal(11, bench.Records[^1].RecordNumber);
        Assert.Equal(110, bench.Records[^1].SegmentTimeSeconds, 6);
        Assert.Equal(Name, (await bench.StatusAsync()).TestId);
    }

    [Theory]
    [InlineData(4.8f, 60, FollowOutcome.Complete, FollowOutcome.Complete)]
    [InlineData(4.8f, 20, FollowOutcome.EndedEarly, FollowOutcome.Overrun)]
    public async Task A_quiet_file_or_a_newer_one_ends_the_test(float volts, int restSeconds, FollowOutcome quiet, FollowOutcome overrun)
    {
        byte[] file = new CcsBytes("t").Step(0x24, 1, 0).Records(3, 10, volts, 1e-3f).Step(1, 2, 30).Records(restSeconds / 10, 10, 4.7f, 0).Bytes;
        using LandFolderBench one = await LandFolderBench.StartAsync();
        one.Write(Name, file);
        FollowOutcome before = (await one.TurnAsync()).Outcome;
        one.Wall.Advance(TimeSpan.FromSeconds(121));
        FollowOutcome after = (await one.TurnAsync()).Outcome;
        using LandFolderBench other = await LandFolderBench.StartAsync();
        other.Write(Name, file);
        other.Write("1-1_b.ccs", new CcsBytes("next").Step(1, 1, 0).Records(3, 10, 3, 0).Bytes);

        Assert.Equal((FollowOutcome.Following, quiet, overrun), (before, after, (await other.TurnAsync()).Outcome));
        Assert.Equal(3 + (restSeconds / 10), other.Records.Count);
        Assert.Equal(2, one.StepTimes.Count);
    }

    [Fact]
    public async Task At_high_lab_speed_a_file_counts_as_quiet_only_when_it_is_so_on_the_wall_too()
    {
        using LandFolderBench bench = await LandFolderBench.StartAsync(speed: 1000);
        bench.Write(Name, new CcsBytes("t").Step(0x24, 1, 0).Records(3, 10, 3.5f, 1e-3f).Bytes);
        await bench.TurnAsync();

        bench.Wall.Advance(TimeSpan.FromSeconds(1.9)); // 1900 lab seconds in which a busy machine may have written nothing
        FollowOutcome soon = (await bench.TurnAsync()).Outcome;
        ChannelState shown = (await bench.StatusAsync()).State;
        bench.Wall.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal((FollowOutcome.Following, ChannelState.Running), (soon, shown));
        Assert.Equal(FollowOutcome.EndedEarly, (await bench.TurnAsync()).Outcome);
        Assert.Equal(ChannelState.Finished, (await bench.StatusAsync()).State);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_waited_for_and_a_folder_that_is_gone_is_unreachable()
    {
        using LandFolderBench bench = await LandFolderBench.StartAsync();
        FollowOutcome absent = (await bench.TurnAsync()).Outcome;
        Directory.Move(bench.Folder, bench.Folder + ".away");
        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Device.PollAsync([], default));
        Directory.Move(bench.Folder + ".away", bench.Folder);
        await bench.Device.ConnectAsync(default);

        Assert.Equal((FollowOutcome.Away, FaultKind.Unreachable), (absent, fault.Kind));
        Assert.Equal(ChannelState.Idle, (await bench.StatusAsync()).State);
    }

    [Theory]
    [InlineData("lmno-1_ab3d5f7h", "1-1_x.ccs", "lmno-1_ab3d5f7h")]
    [InlineData("typed otherwise", "1-1_lmno-1_ab3d5f7h.ccs", "lmno-1_ab3d5f7h")]
    [InlineData("rate test_20260101", "1-1_x.ccs", "rate test_20260101")]
    public async Task The_barcode_is_found_as_test_name_or_in_the_files_name(string testName, string file, string barcode)
    {
        using LandFolderBench bench = await LandFolderBench.StartAsync();
        bench.Write(file, new CcsBytes(testName).Step(0x24, 1, 0).Records(2, 10, 3.5f, 1e-3f).Bytes);

        ChannelStatus status = await bench.StatusAsync();

        Assert.Equal((ChannelState.Running, barcode, file), (status.State, status.Barcode, status.TestId));
        Assert.Equal(3.5, status.VoltageVolts!.Value, 6);
    }
}
