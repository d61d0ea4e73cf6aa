using System.Xml.Linq;
using CellLab.HardwareSim.Control;
using CellLab.TestKit.Waiting;
using CellLab.Tests.HardwareSim.Neware;

namespace CellLab.Tests.HardwareSim.Bench;

public sealed class FaultTests
{
    private static readonly Dictionary<string, string> None = [];

    private static readonly Dictionary<string, string> Moved = new() { ["to"] = "21-1-2" };

    [Fact]
    public async Task Every_fault_is_listed_set_and_cleared_through_the_control_socket()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        IReadOnlyList<FaultState> all = await bench.Control.ListAsync(default);
        Assert.Equal(FaultCatalog.All.Select(f => f.Name), all.Select(f => f.Kind.Name));
        FaultKind[] its = [.. all.Where(f => f.Devices.Contains("cycler1")).Select(f => f.Kind)];
        Assert.True(its.Length > 15);
        foreach (FaultKind kind in its)
        {
            Dictionary<string, string> parameters = kind.Name == "cell-moved" ? Moved : None;
            await bench.Control.SetAsync(kind.Name, "cycler1", kind.OnChannel ? "21-1-1" : null, parameters, default);
        }

        Assert.All(
            await bench.Control.ListAsync(default),
            f => Assert.Equal(f.Devices.Count > 0 ? ["cycler1"] : [], f.Active.Select(on => on.Device)));
        foreach (FaultKind kind in its)
        {
            Assert.Equal(1, await bench.Control.ClearAsync(kind.Name, null, null, default));
        }
    }

    [Theory]
    [InlineData("dealy", null, null, null, null, "there is no fault 'dealy'")]
    [InlineData("delay", "cycler9", null, null, null, "there is no device 'cycler9'; the bench has cycler1")]
    [InlineData("refuse", "cycler1", "99", null, null, "no channel '99'")]
    [InlineData("delay", "cycler1", "1", null, null, "whole device")]
    [InlineData("delay", null, null, "milliseconds", "5", "no parameter 'milliseconds'; it has ms")]
    [InlineData("delay", null, null, "ms", "soon", "expected a number above 0, found 'soon'")]
    [InlineData("cell-moved", "cycler1", null, "to", "21-1-3", "needs the channel and to=")]
    [InlineData("cell-moved", "cycler1", "21-1-2", "to", "21-1-99", "has no channel '21-1-99'")]
    [InlineData("stuck-valve", "cycler1", null, null, null, "cycler1 does not have the fault 'stuck-valve'; it has delay, cut-mid-reply, ")]
    [InlineData("stuck-valve", null, null, null, null, "no device of this bench has the fault 'stuck-valve'")]
    [InlineData("mains-cut", null, null, "state", "idle", "expected stop, finish, protect or working")]
    public async Task A_wrong_fault_is_refused_with_what_is_wrong(
        string name, string? device, string? channel, string? key, string? value, string said)
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        Dictionary<string, string> parameters = key is null ? None : new() { [key] = value! };
        BenchControlException e = await Assert.ThrowsAsync<BenchControlException>(() => bench.Control.SetAsync(name, device, channel, parameters, default));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_bench_the_client_says_where_it_looked()
    {
        string folder = Path.Combine(Path.GetTempPath(), "celllab-no-bench");
        BenchControlException e = await Assert.ThrowsAsync<BenchControlException>(() => new BenchControlClient(folder).ListAsync(default));
        Assert.Contains(Path.Combine(folder, "control"), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replies_are_cut_garbled_swallowed_or_mixed_up_as_often_as_asked()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        var once = new Dictionary<string, string> { ["times"] = "1" };
        await bench.Control.SetAsync("cut-mid-reply", null, null, once, default);
        await using (BtsClient cut = await bench.ConnectAsync())
        {
            await cut.SendAsync(BtsClient.Document("<cmd>getdevinfo</cmd>"));
            Assert.Null(await cut.ReadReplyAsync());
        }

        await using BtsClient client = await bench.ConnectAsync();
        await bench.Control.SetAsync("garbage", null, null, once, default);
        await client.SendAsync(BtsClient.Document("<cmd>getdevinfo</cmd>"));
        Assert.Contains("garbage", await client.ReadReplyAsync(), StringComparison.Ordinal);
        await bench.Control.SetAsync("wrong-reply", null, null, once, default);
        Assert.Equal("light_resp", (await client.AskAsync("<cmd>getdevinfo</cmd>")).Element("cmd")!.Value);
        await bench.Control.SetAsync("never-answer", null, null, new Dictionary<string, string> { ["command"] = "light" }, default);
        await client.SendAsync(BtsClient.Document("<cmd>light</cmd><list/>"));
        Assert.Equal("getdevinfo_resp", (await client.AskAsync("<cmd>getdevinfo</cmd>")).Element("cmd")!.Value);
    }

    [Fact]
    public async Task A_delay_is_wall_time_and_pieces_may_be_bytes()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        await using BtsClient client = await bench.ConnectAsync();
        await bench.Control.SetAsync("byte-split", null, null, None, default);
        await bench.Control.SetAsync("delay", null, null, new Dictionary<string, string> { ["ms"] = "5000" }, default);
        int armed = bench.Wall.ArmedTimers;
        Task<XElement> reply = client.AskAsync("<cmd>getdevinfo</cmd>");
        await Eventually.TrueAsync(() => bench.Wall.ArmedTimers > armed, "the delay to begin");
        bench.Wall.Advance(TimeSpan.FromMilliseconds(4990));
        Assert.False(reply.IsCompleted);
        bench.Wall.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal(8, (await reply).Descendants("channel").Count());
    }

    [Fact]
    public async Task Starts_are_refused_or_pretended()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        await using BtsClient client = await bench.ConnectAsync();
        string steps = bench.WriteSteps(StepFiles.Rest(100), StepFiles.End);
        await bench.Control.SetAsync("refuse", null, "1", None, default);
        await bench.Control.SetAsync("start-ok-but-nothing", null, "21-1-2", None, default);
        Assert.Equal("false", await client.DoAsync("start", 1, 1, steps));
        Assert.Equal("ok", await client.DoAsync("start", 1, 2, steps));
        Assert.Equal("finish", await client.StateAsync(1, 2));
        Assert.Equal("ok", await client.DoAsync("start", 1, 3, steps));
        Assert.Equal("working", await client.StateAsync(1, 3));
    }

    [Fact]
    public async Task A_protection_offline_and_the_mains_act_on_running_tests()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        await using BtsClient client = await bench.ConnectAsync();
        string steps = bench.WriteSteps(StepFiles.Rest(1000), StepFiles.End);
        foreach (int channel in (int[])[1, 2, 3])
        {
            await client.DoAsync("start", 1, channel, steps);
        }

        bench.AdvanceLab(100);
        await bench.Control.SetAsync("protect", null, "21-1-1", None, default);
        await bench.Control.SetAsync("channel-offline", null, "21-1-2", None, default);
        Assert.Equal(("protect", "false", "working"), (await client.StateAsync(1, 1), await client.StateAsync(1, 2), await client.StateAsync(1, 3)));
        await bench.Control.SetAsync("mains-cut", null, "21-1-3", new Dictionary<string, string> { ["state"] = "working" }, default);
        bench.AdvanceLab(100);
        Assert.Equal("pause", await client.StateAsync(1, 3));
        await bench.Control.ClearAsync("mains-cut", null, null, default);
        Assert.Equal("working", await client.StateAsync(1, 3));
        await bench.Control.SetAsync("mains-cut", null, null, None, default);
        await bench.Control.ClearAsync("channel-offline", null, null, default);
        Assert.Equal(("stop", "stop"), (await client.StateAsync(1, 2), await client.StateAsync(1, 3)));
        Assert.Equal(8, (await client.DownloadAsync(1, 2, 1, 1000)).Count);
    }

    [Fact]
    public async Task Cells_are_changed_by_hand_with_their_state_and_back()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        await using BtsClient client = await bench.ConnectAsync();
        await client.DoAsync("start", 1, 1, bench.WriteSteps(StepFiles.ChargeFor(0.1, 36000), StepFiles.End));
        bench.AdvanceLab(7200);
        string fresh = await VoltsAsync(client, 2);

        await bench.Control.SetAsync("cell-moved", null, "21-1-1", Moved, default);

        Assert.Equal("protect", await client.StateAsync(1, 1));
        string charged = await VoltsAsync(client, 2);
        Assert.Equal(fresh, await VoltsAsync(client, 1));
        Assert.NotEqual(fresh, charged);
        await bench.Control.ClearAsync("cell-moved", null, null, default);
        Assert.Equal((charged, fresh), (await VoltsAsync(client, 1), await VoltsAsync(client, 2)));
    }

    [Fact]
    public async Task The_other_quirks_show()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        await using BtsClient client = await bench.ConnectAsync();
        string steps = bench.WriteSteps(StepFiles.ChargeFor(0.1, 600), StepFiles.End);
        await client.DoAsync("start", 2, 1, steps, "barcode=\"x\"");
        bench.AdvanceLab(601);
        foreach (string name in (string[])["wrong-units", "wrong-subdevid", "short-page", "cycle-offset", "late-complete"])
        {
            await bench.Control.SetAsync(name, null, null, None, default);
        }

        await bench.Control.SetAsync("barcode-text", null, null, new Dictionary<string, string> { ["text"] = "Zelle äöü 电" }, default);
        IReadOnlyList<XElement> page = await client.DownloadAsync(2, 1, 1, 1000);
        Assert.Equal(7, page.Count);
        Assert.Equal(("0", 0.1), ((string?)page[3].Attribute("cycleid"), Math.Round((double)page[3].Attribute("curr")!, 9)));
        XElement status = (await client.AskAsync($"<cmd>getchlstatus</cmd><list><status {BtsClient.Address(2, 1)}>true</status></list>")).Descendants("status").Single();
        Assert.Equal(("1", "finish"), ((string?)status.Attribute("subdevid"), status.Value));
        Assert.Equal("false", (await client.AskAsync($"<cmd>inquiredf</cmd><list><chl {BtsClient.Address(2, 1)} testid=\"0\"/></list>")).Descendants("chl").Single().Value);
        bench.AdvanceLab(10);
        Assert.Equal("true", (await client.AskAsync($"<cmd>inquiredf</cmd><list><chl {BtsClient.Address(2, 1)} testid=\"0\"/></list>")).Descendants("chl").Single().Value);
        XElement live = (await client.AskAsync($"<cmd>inquire</cmd><list><inquire {BtsClient.Address(2, 1)} aux=\"0\"/></list>")).Descendants("inquire").Single();
        Assert.Equal("Zelle äöü 电", (string?)live.Attribute("barcode"));
        await bench.Control.SetAsync("list-shrink", null, null, new Dictionary<string, string> { ["unit"] = "2" }, default);
        Assert.Equal(4, (await client.AskAsync("<cmd>getdevinfo</cmd>")).Descendants("channel").Count());
        Assert.Equal("false", await client.StateAsync(2, 1));
    }

    [Fact]
    public async Task Channels_started_together_may_share_a_test_id()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        await using BtsClient client = await bench.ConnectAsync();
        await bench.Control.SetAsync("shared-test-id", null, null, None, default);
        string steps = bench.WriteSteps(StepFiles.Rest(100), StepFiles.End);
        string items = string.Concat(((int[])[1, 2]).Select(c => $"<start {BtsClient.Address(1, c)} barcode=\"b{c}\">{steps}</start>"));
        XElement reply = await client.AskAsync($"<cmd>start</cmd><list count=\"2\">{items}</list>");
        Assert.All(reply.Descendants("start"), s => Assert.Equal("ok", s.Value));
        XElement counts = await client.AskAsync(
            $"<cmd>inquiredf</cmd><list><chl {BtsClient.Address(1, 1)} testid=\"0\"/><chl {BtsClient.Address(1, 2)} testid=\"0\"/></list>");
        Assert.Single(counts.Descendants("chl").Select(c => (string?)c.Attribute("testid")).Distinct());
    }

    /// <summary>To 10 mV: noise and offsets belong to the channel, not to the cell.</summary>
    private static async Task<string> VoltsAsync(BtsClient client, int channel)
    {
        XElement reply = await client.AskAsync($"<cmd>inquire</cmd><list count=\"1\"><inquire {BtsClient.Address(1, channel)} aux=\"0\" barcode=\"1\">true</inquire></list>");
        return ((double)reply.Descendants("inquire").Single().Attribute("voltage")!).ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
    }
}
