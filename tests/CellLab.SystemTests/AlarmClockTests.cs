using System.Text.Json.Nodes;
using CellLab.SystemTests.Harness;
using CellLab.SystemTests.Page;
using CellLab.TestKit.Receivers;
using Xunit.Abstractions;

namespace CellLab.SystemTests;

/// <summary>A system clock that is set by an hour, for the service alone (libfaketime), while somebody fills the disk. A minute: with <c>./celllab test --long</c>.</summary>
public sealed class AlarmClockTests(Browser browser, ITestOutputHelper output) : IClassFixture<Browser>
{
    private const int Megabytes = 500;

    [Fact]
    public async Task A_set_clock_and_a_disk_that_will_be_full_are_seen_everywhere_and_told_once_over_a_restart()
    {
        if (Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") != "1")
        {
            return;
        }

        using var folder = new TemporaryFolder();
        string offset = folder.Write("offset", "+0");
        await using var hook = new WebhookReceiver();
        await using var mail = new SmtpReceiver();
        await using Lab lab = await Lab.StartAsync(new LabOptions
        {
            Speed = 1,
            ServiceWrapper = ["env", $"LD_PRELOAD={Library()}", $"FAKETIME_TIMESTAMP_FILE={offset}", "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"],
            Configure = configuration =>
                (configuration["alarms"], configuration["notify"]) = (new JsonObject { ["disk_forecast_days"] = 365 }, AlarmBench.Notify(hook.Url, mail.Port)),
        });
        var told = new Told(lab, hook, mail, output);

        await File.WriteAllBytesAsync(lab.Folder["data/filler"], new byte[Megabytes * 1_000_000]);
        await File.WriteAllTextAsync(offset, "+3900");
        await told.WaitAsync("clock", "disk-forecast");
        await told.WaitUntilNotedAsync();
        await using Tab tab = await browser.OpenAsync($"http://127.0.0.1:{lab.HttpPort}/#/alarms");
        await SeenAlarms.AssertAsync(lab, tab, ["clock", "disk-forecast"]);
        await lab.Service.KillAsync();
        await lab.StartServiceAsync();
        await lab.SetFaultAsync("garbage", "--device", "cycler1");
        await told.WaitAsync("device-cycler1"); // by then the alarms have been gone through

        tab.AssertNoErrors();
        told.AssertNoneTwice();
        Assert.Equal((1, 1, 1, 1), (told.ByHook("clock"), told.ByMail("clock"), told.ByHook("disk-forecast"), told.ByMail("disk-forecast")));
        string[] active = await told.ActiveAsync();
        Assert.Contains("disk-forecast", active);
        Assert.DoesNotContain("clock", active);
    }

    private static string Library() =>
        Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 2 }).FirstOrDefault()
        ?? throw new InvalidOperationException("the package faketime is not installed; ./celllab test --long installs it");
}
