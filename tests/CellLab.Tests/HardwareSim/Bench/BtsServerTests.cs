using System.Globalization;
using System.Xml.Linq;
using CellLab.Tests.HardwareSim.Neware;

namespace CellLab.Tests.HardwareSim.Bench;

public sealed class BtsServerTests
{
    [Fact]
    public async Task A_test_runs_by_itself_while_no_client_is_there()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        string steps = bench.WriteSteps(StepFiles.Rest(120), StepFiles.ChargeFor(0.1, 300), StepFiles.End);
        await using (BtsClient client = await bench.ConnectAsync())
        {
            Assert.Equal("finish", await client.StateAsync(1, 2));
            Assert.Equal("ok", await client.DoAsync("start", 1, 2, steps, "barcode=\"zelle &amp; 7\""));
            Assert.Equal("working", await client.StateAsync(1, 2));
        }

        bench.AdvanceLab(421);
        await using BtsClient later = await bench.ConnectAsync();
        Assert.Equal("finish", await later.StateAsync(1, 2));
        XElement counts = (await later.AskAsync($"<cmd>inquiredf</cmd><list><chl {BtsClient.Address(1, 2)} testid=\"0\"/></list>")).Descendants("chl").Single();
        Assert.Equal(("101", "16", "true"), ((string?)counts.Attribute("testid"), (string?)counts.Attribute("count"), counts.Value));
        IReadOnlyList<XElement> records = await later.DownloadAsync(1, 2, 1, 1000);
        Assert.Equal(Enumerable.Range(1, 16), records.Select(r => (int)r.Attribute("seqid")!));
        Assert.Equal("300000", (string?)records[^1].Attribute("testtime"));
        Assert.Equal(1e-4, (double)records[^1].Attribute("curr")!, 1e-12);
        Assert.Equal(1e-4 * 300 / 3600, (double)records[^1].Attribute("cap")!, 1e-12);
    }

    [Fact]
    public async Task Pages_go_on_after_a_sequence_number_and_an_empty_one_tells_the_test_id()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        await using BtsClient client = await bench.ConnectAsync();
        await client.DoAsync("start", 1, 1, bench.WriteSteps(StepFiles.Rest(3000), StepFiles.End));
        bench.AdvanceLab(1501);
        Assert.Equal([11, 12, 13], (await client.DownloadAsync(1, 1, 11, 3)).Select(r => (int)r.Attribute("seqid")!));
        Assert.Equal(51, (await client.DownloadAsync(1, 1, 1, 1000)).Count);
        Assert.Empty(await client.DownloadAsync(1, 1, 52, 1000));
        XElement reply = await client.AskAsync($"<cmd>download</cmd><download {BtsClient.Address(1, 1)} auxid=\"0\" testid=\"0\" startpos=\"0\" count=\"0\"/>");
        Assert.Equal("donwload_resp", reply.Element("cmd")!.Value);
        Assert.Equal("101", (string?)reply.Element("download")!.Attribute("testid"));
        Assert.Empty(reply.Element("list")!.Elements());
    }

    [Fact]
    public async Task An_earlier_test_is_still_served_by_its_id()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        await using BtsClient client = await bench.ConnectAsync();
        await client.DoAsync("start", 1, 1, bench.WriteSteps(StepFiles.Rest(60), StepFiles.End));
        bench.AdvanceLab(100);
        await client.DoAsync("start", 1, 1, bench.WriteSteps(StepFiles.Rest(600), StepFiles.End));
        Assert.Equal(3, (await client.DownloadAsync(1, 1, 1, 1000, 101)).Count);
        Assert.Single(await client.DownloadAsync(1, 1, 1, 1000, 102));
    }

    [Fact]
    public async Task Odd_requests_that_real_clients_send_are_understood()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        await using BtsClient client = await bench.ConnectAsync();
        string odd = $"\r\n#\r\n<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<bts version=\"1.0\"><cmd>getchlstatus</cmd><list count = \"9\">"
            + $"<status {BtsClient.Address(1, 1)}>true</status></list>\"</bts># \r\n";
        foreach (char c in odd)
        {
            await client.SendAsync(c.ToString());
        }

        Assert.Contains(">finish</status>", await client.ReadReplyAsync(), StringComparison.Ordinal);
        await client.SendAsync(BtsClient.Document("<cmd>getdevinfo</cmd>") + BtsClient.Document("<cmd>light</cmd><list/>"));
        Assert.Contains("getdevinfo_resp", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.Contains("light_resp", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.Equal("false", (await client.AskAsync("<cmd>Inquire</cmd>")).Element("result")!.Value);
    }

    [Fact]
    public async Task Broken_xml_ends_the_connection_and_not_the_server()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        await using BtsClient client = await bench.ConnectAsync();
        await client.SendAsync("<bts><cmd></bts>\n\n#\r\n");
        Assert.Null(await client.ReadReplyAsync());
        await using BtsClient next = await bench.ConnectAsync();
        Assert.Equal("finish", await next.StateAsync(1, 1));
    }

    [Fact]
    public async Task Inquire_shows_four_decimals_and_no_step_when_idle()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        await using BtsClient client = await bench.ConnectAsync();
        XElement idle = await Inquire(client);
        Assert.Null(idle.Attribute("step_id"));
        Assert.Equal(("--", "3.1", "27-21-1-1-0"), ((string?)idle.Attribute("step_type"), (string?)idle.Attribute("voltage"), (string?)idle.Attribute("dev")));
        await client.DoAsync("start", 1, 1, bench.WriteSteps(StepFiles.ChargeFor(0.26, 3000), StepFiles.End), "barcode=\"b\"");
        bench.AdvanceLab(1000);
        XElement busy = await Inquire(client);
        Assert.Equal("0.0003", (string?)busy.Attribute("current"));
        Assert.Equal("cc", (string?)busy.Attribute("step_type"));
        Assert.Equal("b", (string?)busy.Attribute("barcode"));
        Assert.Equal(1000, double.Parse((string?)busy.Attribute("totaltime") ?? "", CultureInfo.InvariantCulture), 0.2);
    }

    [Fact]
    public async Task Commands_to_channels_that_do_not_exist_are_answered_with_false()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        await using BtsClient client = await bench.ConnectAsync();
        Assert.Equal("false", await client.StateAsync(7, 7));
        Assert.Equal("false", await client.DoAsync("start", 7, 7, bench.WriteSteps(StepFiles.Rest(1), StepFiles.End)));
        Assert.Equal("false", await client.DoAsync("stop", 7, 7));
        Assert.Equal("false", await client.DoAsync("start", 1, 1, "/nowhere/at/all.xml"));
        Assert.Equal("false", await client.DoAsync("start", 1, 1, bench.WriteSteps(StepFiles.ChargeFor(11, 10), StepFiles.End)));
        Assert.Equal("finish", await client.StateAsync(1, 1));
    }

    [Fact]
    public async Task Pause_continue_goto_and_stop_do_what_they_say()
    {
        await using RunningBench bench = await RunningBench.StartAsync();
        await using BtsClient client = await bench.ConnectAsync();
        await client.DoAsync("start", 2, 3, bench.WriteSteps(StepFiles.Rest(100), StepFiles.Rest(100), StepFiles.Rest(100), StepFiles.End));
        bench.AdvanceLab(10);
        Assert.Equal("false", await client.DoAsync("continue", 2, 3));
        Assert.Equal("ok", await client.DoAsync("setpause", 2, 3, "", "cycleid=\"-1\" stepid=\"-1\" timeout=\"\""));
        Assert.Equal("pause", await client.StateAsync(2, 3));
        bench.AdvanceLab(1000);
        Assert.Equal("ok", await client.DoAsync("continue", 2, 3));
        bench.AdvanceLab(10);
        Assert.Equal("ok", await client.DoAsync("goto", 2, 3, "true", "step=\"3\""));
        bench.AdvanceLab(10);
        Assert.Equal("ok", await client.DoAsync("stop", 2, 3));
        Assert.Equal("stop", await client.StateAsync(2, 3));
        XElement layer = await client.AskAsync($"<cmd>downloadStepLayer</cmd><downloadStepLayer {BtsClient.Address(2, 3)}/>");
        Assert.Equal(["20000", "10000"], layer.Descendants("data").Select(d => (string?)d.Attribute("steptime")));
        Assert.Equal(["1", "3"], layer.Descendants("data").Select(d => (string?)d.Attribute("stepid")));
        XElement log = await client.AskAsync($"<cmd>downloadlog</cmd><download {BtsClient.Address(2, 3)} testid=\"0\"/>");
        Assert.Equal("100000", (string?)log.Descendants("data").First().Attribute("log_code"));
        Assert.Equal(4, log.Descendants("data").Count());
    }

    [Fact]
    public async Task Log_in_is_asked_for_when_the_system_is_set_so()
    {
        await using RunningBench bench = await RunningBench.StartAsync(RunningBench.OneCabinet + ", \"connect_required\": true, \"user\": \"u\", \"password\": \"p\"");
        await using BtsClient client = await bench.ConnectAsync();
        Assert.Equal("false", (await client.AskAsync("<cmd>getdevinfo</cmd>")).Element("result")!.Value);
        Assert.Equal("fail", (await client.AskAsync("<cmd>connect</cmd><username>u</username><password>x</password>")).Element("result")!.Value);
        Assert.Equal("ok", (await client.AskAsync("<cmd>connect</cmd><username>u</username><password>p</password><type>bfgs</type>")).Element("result")!.Value);
        Assert.Equal(8, (await client.AskAsync("<cmd>getdevinfo</cmd>")).Element("middle")!.Elements("channel").Count());
    }

    [Fact]
    public async Task A_client_of_2025_shows_its_longer_list_and_the_other_spelling_and_milliamperes_when_set_so()
    {
        await using RunningBench bench = await RunningBench.StartAsync(RunningBench.OneCabinet + ", \"client_year\": 2025, \"units\": \"mA\", \"time_zone\": \"Asia/Tokyo\"");
        await using BtsClient client = await bench.ConnectAsync();
        XElement info = await client.AskAsync("<cmd>getdevinfo</cmd>");
        Assert.Equal(2, info.Descendants("xwj").Count());
        await client.DoAsync("start", 1, 1, bench.WriteSteps(StepFiles.ChargeFor(0.1, 100), StepFiles.End));
        bench.AdvanceLab(200);
        XElement reply = await client.AskAsync($"<cmd>download</cmd><download {BtsClient.Address(1, 1)} testid=\"0\" startpos=\"1\" count=\"9\"/>");
        Assert.Equal("download_resp", reply.Element("cmd")!.Value);
        XElement last = reply.Descendants("data").Last();
        Assert.Equal(0.1, (double)last.Attribute("curr")!, 1e-9);
        Assert.Equal("2026-01-01 09:01:40", (string?)last.Attribute("atime"));
    }

    private static async Task<XElement> Inquire(BtsClient client) =>
        (await client.AskAsync($"<cmd>inquire</cmd><list count=\"1\"><inquire {BtsClient.Address(1, 1)} aux=\"0\" barcode=\"1\">true</inquire></list>"))
            .Descendants("inquire").Single();
}
