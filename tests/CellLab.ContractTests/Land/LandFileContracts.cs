using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;
using CellLab.TestKit.Waiting;

namespace CellLab.ContractTests.Land;

/// <summary>What a wrong, a late and a read answer are where the answers are files.</summary>
public sealed class LandFileContracts
{
    private const int BlockBytes = 128;

    [Fact]
    public async Task A_damaged_block_is_told_once_and_waited_at_and_nothing_is_made_up_or_lost()
    {
        await using LandBench bench = await LandBench.StartAsync();
        IChannelBank bank = await bench.ConnectAsync();
        string test = await bench.BeginAsync(bank);
        Following following = LandBench.Follow(bank, test);
        await following.UntilAsync(_ => following.Records.Count >= 7, "records");
        long damaged = new FileInfo(bench.FileOf(test)).Length; // the block that comes next
        await Eventually.TrueAsync(() => new FileInfo(bench.FileOf(test)).Length >= damaged + (4 * BlockBytes), "blocks after it");
        byte[] type = Exchange(bench.FileOf(test), damaged, [0xEF, 0xBE, 0xAD, 0xDE]);

        await following.TurnAsync();
        int before = following.Records.Count;
        await following.TurnAsync();
        int waiting = following.Records.Count;
        Exchange(bench.FileOf(test), damaged, type);
        await following.UntilAsync(r => r.Outcome == FollowOutcome.Complete, "the end");

        Assert.Equal(before, waiting);
        Assert.Single(following.Notes, n => n.Contains("0xDEADBEEF", StringComparison.Ordinal) && n.Contains("reading waits at it", StringComparison.Ordinal));
        following.AssertNoGapNoRepeat();
        Assert.Equal(1020, following.Records[^1].SegmentTimeSeconds, 0.01);
    }

    [Fact]
    public async Task A_file_that_appears_late_is_waited_for_and_read_from_its_beginning()
    {
        await using LandBench bench = await LandBench.StartAsync();
        IChannelBank bank = await bench.ConnectAsync();
        string test = await bench.BeginAsync(bank);
        string file = bench.FileOf(test);
        File.Move(file, file + ".late"); // the tester goes on writing
        Following following = LandBench.Follow(bank, test);

        FollowedReading absent = await following.TurnAsync();
        await Eventually.TrueAsync(() => new FileInfo(file + ".late").Length > 0xF80 + (4 * BlockBytes), "blocks");
        File.Move(file + ".late", file);
        await following.UntilAsync(_ => following.Records.Count >= 12, "records");

        Assert.Equal((FollowOutcome.Away, 0), (absent.Outcome, absent.Records.Count));
        Assert.Contains(absent.Notes, n => n.Contains("it is waited for", StringComparison.Ordinal));
        following.AssertNoGapNoRepeat();
        Assert.Equal(1, following.Records[0].StepCount);
    }

    [Fact]
    public async Task A_probe_while_a_test_runs_only_reads_its_file()
    {
        await using LandBench bench = await LandBench.StartAsync();
        IChannelBank bank = await bench.ConnectAsync();
        string test = await bench.BeginAsync(bank);
        Following following = LandBench.Follow(bank, test);
        await following.UntilAsync(_ => following.Records.Count >= 7, "records");
        Assert.True(((IDevice)bank).TryGet(out IProbe? probe));

        ProbeReport report = await probe.ProbeAsync(CancellationToken.None);
        int before = following.Records.Count;
        await following.UntilAsync(_ => following.Records.Count >= before + 5, "records after the probe");

        Assert.Equal(ChannelState.Running, report.Channels.Single(channel => channel.Channel == LandBench.Channel).State);
        following.AssertNoGapNoRepeat();
        Assert.Equal([test], Directory.GetFiles(Path.GetDirectoryName(bench.FileOf(test))!).Select(Path.GetFileName)); // it leaves no file of its own
    }

    /// <returns>What stood there.</returns>
    private static byte[] Exchange(string file, long at, byte[] bytes)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        byte[] before = new byte[bytes.Length];
        stream.Position = at;
        stream.ReadExactly(before);
        stream.Position = at;
        stream.Write(bytes);
        return before;
    }
}
