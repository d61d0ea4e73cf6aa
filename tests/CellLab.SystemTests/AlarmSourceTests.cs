using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.SystemTests.Harness;
using CellLab.SystemTests.Page;
using CellLab.TestKit.Receivers;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace CellLab.SystemTests;

/// <summary>Every source of alarms raised on the bench, with the service killed in the middle: each stands in REST, on the page and on MQTT, and makes one message to a
/// mailbox and one to a webhook. The device that was lost is removed at the end.</summary>
public sealed class AlarmSourceTests(Browser browser, ITestOutputHelper output) : IClassFixture<Browser>
{
    private const string Gas = """
        celllab_protocol: 1
        name: gas
        window: 2.0-4.8 V
        method:
          - {step: dems_background, duration_s: 300}
          - Charge at 0.05C until 4.8 V
        """;

    private const string Patterns = """
        celllab_protocol: 1
        name: patterns
        window: 2.0-4.8 V
        record: {time_s: 30}
        method:
          - {step: trigger, target: xrd, every_s: 600, exposure_s: 60}
          - Charge at 0.05C for 24 hours or until 4.8 V
        """;

    /// <summary>The tester waits a lab minute before its own protection acts: the service is first.</summary>
    private const string BeyondLimit = """
        {
          "unicycler": {"version": "0.4.6"}, "sample": {"name": "$NAME"}, "record": {"time_s": 5}, "safety": {"max_voltage_V": 4.0, "min_voltage_V": 1.8, "delay_s": 3600},
          "method": [ {"step": "constant_current", "rate_C": 1, "until_time_s": 7200} ]
        }
        """;

    [Fact]
    public async Task Every_source_is_seen_everywhere_and_told_once_although_the_service_is_killed_in_between()
    {
        await using var hook = new WebhookReceiver();
        await using var mail = new SmtpReceiver();
        await using Lab lab = await Lab.StartAsync(new LabOptions
        {
            BenchText = AlarmBench.Text(), Speed = 400,
            Configure = configuration => (configuration["alarms"], configuration["notify"]) = (AlarmBench.Rules(), AlarmBench.Notify(hook.Url, mail.Port)),
        });
        var told = new Told(lab, hook, mail, output);
        await lab.SetFaultAsync("never-busy", "--device", "xrd1");
        Dictionary<string, string> jobs = [];
        foreach ((string pipeline, string file) in Files(lab))
        {
            jobs[pipeline] = await lab.SubmitAsync(file, pipeline, pipeline);
        }

        await Task.WhenAll(jobs.Where(job => job.Key != "gas").Select(job => lab.WaitAsync(job.Value, "to have begun", answer => answer.State() is "Running" or "Cancelled" or "Completed")));
        await lab.SetFaultAsync("protect", "--device", "cycler1", "--channel", AlarmBench.ChannelOf("protect"));
        await lab.WaitAsync(jobs["gas"], "to charge", answer => answer.Count("stored") > 0);
        await lab.SetFaultAsync("air-leak", "--device", "rga1");
        string[] before = ["disk", $"ion-28-{jobs["gas"]}", $"ion-32-{jobs["gas"]}", $"ends-{jobs["life"]}", $"limit-{jobs["limit"]}", $"held-{jobs["protect"]}", $"efficiency-{jobs["life"]}", $"fade-{jobs["life"]}", $"trigger-{jobs["xrd"]}"];
        await told.WaitAsync(before);
        await told.WaitUntilNotedAsync();

        await lab.Service.KillAsync();
        await lab.ClearFaultAsync("air-leak");
        await lab.SetFaultAsync("garbage", "--device", "cycler2");
        await lab.StartServiceAsync(lost: "cycler2");
        await lab.SetFaultAsync("channel-offline", "--device", "cycler1", "--channel", AlarmBench.ChannelOf("silent"));
        string[] after = ["restart", "device-cycler2", $"no-data-{jobs["silent"]}"];
        await told.WaitAsync(after);

        string[] all = [.. before, .. after];
        await using Tab tab = await browser.OpenAsync($"http://127.0.0.1:{lab.HttpPort}/#/alarms");
        await SeenAlarms.AssertAsync(lab, tab, all);
        Assert.All(all, alarm => Assert.Equal((alarm, 1, 1), (alarm, told.ByHook(alarm), told.ByMail(alarm))));
        tab.AssertNoErrors();
        told.AssertNoneTwice();
        await told.WaitUntilGoneAsync($"ion-28-{jobs["gas"]}", $"ion-32-{jobs["gas"]}"); // the leak was mended while the service was away
        await RemovedAsync(lab, tab, "cycler2");
    }

    /// <summary>A reload without the device takes it from an open page and its retained states from the broker.</summary>
    private static async Task RemovedAsync(Lab lab, Tab tab, string device)
    {
        await tab.GoAsync("#/devices");
        await tab.WaitForAsync($".device[aria-label={device}]");
        await using (Subscriber before = Subscriber.Start(lab.MqttPort, "celllab/v1/+/device/+/state", "before"))
        {
            await before.UntilAsync($"the state of {device}", told => told.Any(state => IsOf(state, device)));
        }

        JsonNode root = JsonNode.Parse(await File.ReadAllTextAsync(lab.Configuration))!;
        JsonArray devices = root["devices"]!.AsArray();
        devices.Remove(devices.First(entry => entry!["id"]!.GetValue<string>() == device));
        await File.WriteAllTextAsync(lab.Configuration, root.ToJsonString());
        RunResult reload = await lab.CliAsync("config", "reload");
        Assert.True(reload.ExitCode == 0, reload.ToString());

        await tab.Page.Locator($".device[aria-label={device}]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await Eventually.GetAsync(
            $"the broker's word that {device} is cleared", TimeSpan.FromSeconds(60), () => File.ReadAllTextAsync(lab.Folder["data/published-states.txt"]), noted => !noted.Contains(device, StringComparison.Ordinal));
        await using Subscriber after = Subscriber.Start(lab.MqttPort, "celllab/v1/+/device/+/state", "after");
        await after.UntilAsync("the states of the others", told => devices.All(entry => told.Any(state => IsOf(state, entry!["id"]!.GetValue<string>()))));
        Assert.DoesNotContain(after.Messages, state => IsOf(state, device));
        tab.AssertNoErrors();
    }

    private static bool IsOf(JsonElement state, string device) => state.GetProperty("device").GetString() == device;

    private static IEnumerable<(string Pipeline, string File)> Files(Lab lab)
    {
        string cycles = lab.Folder.Write("cycles.json", Protocols.Cycles(50, rateC: 5));
        string slow = lab.Folder.Write("slow.json", Protocols.Cycles(5, rateC: 0.1));
        return
        [
            ("gas", lab.Folder.Write("gas.yaml", Gas)), ("xrd", lab.Folder.Write("patterns.yaml", Patterns)), ("life", cycles),
            ("limit", lab.Folder.Write("limit.json", BeyondLimit)), ("protect", slow), ("silent", slow),
        ];
    }
}
