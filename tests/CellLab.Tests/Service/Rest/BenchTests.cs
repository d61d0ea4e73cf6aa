using System.Net;
using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Engine.Desk;
using NSubstitute;

namespace CellLab.Tests.Service.Rest;

public sealed class BenchTests
{
    private static readonly DeviceId Cycler = new("cycler1");

    [Fact]
    public async Task Devices_and_channels_show_what_they_do()
    {
        await using RestBench bench = await WithDeviceAsync();

        JsonElement device = Assert.Single((await bench.GetAsync("devices")).GetProperty("devices").EnumerateArray());
        JsonElement channel = Assert.Single((await bench.GetAsync("channels")).GetProperty("channels").EnumerateArray());

        Assert.Equal(["id", "driver", "simulated", "state", "identity", "last_error", "channels", "poll_interval_s"], device.Members());
        Assert.Equal(("cycler1", "Neware", "Online"), (device.Text("id"), device.Text("driver"), device.Text("state")));
        Assert.Equal(["model", "serial", "firmware"], device.GetProperty("identity").Members());
        Assert.Equal(("cycler1.27-1-1", "Running", "working"), (channel.Text("channel"), channel.Text("state"), channel.Text("state_text")));
        Assert.Equal((3.3, "abcdefgh2345"), (channel.GetProperty("voltage_v").GetDouble(), channel.Text("job")));
        Assert.Equal(device.GetRawText(), (await bench.GetAsync("devices/cycler1")).GetRawText());
    }

    [Fact]
    public async Task A_probe_has_the_promised_members()
    {
        await using RestBench bench = await WithDeviceAsync();
        bench.Desk.ProbeAsync(Cycler, Arg.Any<CancellationToken>()).Returns(
            new ProbeReport(new DeviceIdentity("BTS", "1", "8.0"), [Status()], new ClockReading("by a record", new ClockOffset(TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(0.1), DateTimeOffset.UnixEpoch)), ["the clock is 0.4 s ahead"]));

        JsonElement probe = await bench.PostAsync("devices/cycler1/probe", new { });

        Assert.Equal(["identity", "channels", "clock_offset_s", "findings", "clock_uncertainty_s", "clock_source"], probe.Members());
        Assert.Empty(new[] { "channel", "state", "voltage_v", "current_a" }.Except(probe.GetProperty("channels")[0].Members()));
        Assert.Equal(0.4, probe.GetProperty("clock_offset_s").GetDouble());
        Assert.Equal(0.1, probe.GetProperty("clock_uncertainty_s").GetDouble());
        Assert.Equal("by a record", probe.GetProperty("clock_source").GetString());
    }

    [Fact]
    public async Task Pipelines_show_the_job_that_holds_them()
    {
        await using RestBench bench = await WithDeviceAsync();

        JsonElement pipeline = Assert.Single((await bench.GetAsync("pipelines")).GetProperty("pipelines").EnumerateArray());

        Assert.Equal(("coin-1", "coin", "abcdefgh2345"), (pipeline.Text("id"), pipeline.Text("holder"), pipeline.Text("job")));
        Assert.Equal("cycler1.27-1-1", pipeline.GetProperty("roles").Text("cycler"));
    }

    [Fact]
    public async Task A_device_that_is_not_configured_is_404()
    {
        await using RestBench bench = await WithDeviceAsync();

        await bench.RefusedAsync("devices/cycler9", HttpStatusCode.NotFound);
        await bench.PostAsync("devices/cycler9/probe", new { }, HttpStatusCode.NotFound);
        await bench.Desk.DidNotReceiveWithAnyArgs().ProbeAsync(default, default);
    }

    private static ChannelStatus Status() => new(
        ChannelAddress.Parse("cycler1.27-1-1"), ChannelState.Running, "working", Stories.Noon, 3.3, 5e-5, "900", "barcode", 1);

    private static async Task<RestBench> WithDeviceAsync()
    {
        RestBench bench = await RestBench.StartAsync();
        var channel = new ChannelView(Status(), new JobId("abcdefgh2345"), Stories.Noon);
        bench.Desk.Devices.Returns([new DeviceView(Cycler, "Neware", true, DeviceState.Online, new DeviceIdentity("BTS", null, "8.0"), null, [channel])]);
        return bench;
    }
}
