using System.Text.RegularExpressions;
using CellLab.SystemTests.Harness;
using Microsoft.Playwright;

namespace CellLab.SystemTests.Page;

/// <summary>The page as a person uses it, in a real browser against the built service and the simulated bench.</summary>
public sealed class PageTests(PageLab place) : IClassFixture<PageLab>
{
    private static readonly Regex Stale = new("stale");

    private Lab Lab => place.Lab;

    [Fact]
    public async Task A_job_is_started_on_the_page_after_check_and_dry_run_seen_live_and_stopped_with_a_reason()
    {
        await using Tab tab = await place.OpenAsync("#/start?pipeline=coin-1");
        IPage page = tab.Page;
        await page.Locator("#given-name").FillAsync("Ada");
        await page.GetByLabel("Barcode").FillAsync("page-cell");
        await page.GetByLabel("Barcode").PressAsync("Enter");
        await page.GetByLabel("Active mass").FillAsync("2.00mg");
        await page.GetByLabel("Nominal capacity").FillAsync("250mAh/g");
        await page.GetByLabel("Text").FillAsync("celllab_protocol: 1\nwindow: 2.0-4.8 V\nparameters:\n  rate: 1C\nmethod:\n  - Charge at ${rate} untill 4.8 V\n");
        await tab.WaitForTextAsync(".findings li.error", "line 6");

        await page.GetByLabel("Text").FillAsync("celllab_protocol: 1\nwindow: 2.0-4.8 V\nparameters:\n  rate: 1C\nmethod:\n  - Charge at ${rate} until 4.8 V\n  - Discharge at ${rate} until 2.0 V\n");
        await page.GetByLabel("rate", new PageGetByLabelOptions { Exact = true }).FillAsync("0.5C");
        await page.GetByText("In order: 2 steps").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Rehearse" }).ClickAsync();
        await tab.WaitForAsync(".plot svg path");
        await tab.WaitForTextAsync(".facts", "Ends");
        await Screens.TakeAsync(tab, "start");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Start the job" }).PressAsync("Enter");
        await tab.WaitForAsync(".job-state, .start-go .problem:not(:empty), .field-problem:not(:empty)");
        Assert.True(await page.Locator(".problem:not(:empty), .field-problem:not(:empty)").CountAsync() == 0, await page.Locator("main").InnerTextAsync());
        await tab.WaitForTextAsync(".job-state", "Running");
        await tab.WaitForAsync(".uplot canvas");
        await LiveAsync(page.Locator(".job-head .values"));
        await Screens.TakeAsync(tab, "job-time");

        await OrderAsync(page, "Pause", "a clamp is loose");
        await tab.WaitForTextAsync(".job-state", "Paused – paused by Ada: a clamp is loose");
        await OrderAsync(page, "Resume", "clamp tightened");
        await tab.WaitForTextAsync(".job-state", "resumed by Ada: clamp tightened");

        await AnswerLateAsync(page, "**/stop", until: () => tab.WaitForTextAsync(".job-state", "Cancelled"));
        await OrderAsync(page, "Stop", "seen enough");
        await tab.WaitForTextAsync(".job-state", "Cancelled"); // and not as the late answer says, which still has it stopping

        await tab.GoAsync("#/audit");
        await tab.WaitForTextAsync("tr:has-text('seen enough')", "Ada");
        await tab.WaitForTextAsync("tr:has-text('clamp is loose')", "job pause");
        await Screens.TakeAsync(tab, "audit");
        tab.AssertNoErrors();
        string job = await JobOfAsync("page-cell");
        Assert.Equal("aborted", (await Lab.Api.GetAsync($"jobs/{job}")).GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_killed_service_is_told_and_regained_and_values_are_old_meanwhile()
    {
        string job = await place.SubmitAsync(200, "coin-2", "page-loss");
        await using Tab tab = await place.OpenAsync();
        ILocator tile = tab.Page.Locator(".tile", new PageLocatorOptions { HasText = "page-loss" });
        await Assertions.Expect(tile.Locator(".state")).ToHaveTextAsync("Running");
        await LiveAsync(tile.Locator(".value").First);
        await Assertions.Expect(tile).Not.ToHaveClassAsync(Stale);
        await Screens.TakeAsync(tab, "laboratory");

        await Lab.Service.KillAsync();
        await tab.WaitForTextAsync("#connection", "lost");
        await Assertions.Expect(tile).ToHaveClassAsync(Stale);
        await Screens.TakeAsync(tab, "laboratory-lost");

        await Lab.StartServiceAsync();
        await tab.Page.Locator("#connection").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        await LiveAsync(tile.Locator(".value").First);
        await Assertions.Expect(tile).Not.ToHaveClassAsync(Stale);
        Assert.Contains(job, await tile.Locator(".name").GetAttributeAsync("href"), StringComparison.Ordinal);
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task What_changes_while_the_page_reads_for_the_first_time_is_not_missed()
    {
        string job = await place.SubmitAsync(200, "coin-7", "page-early");
        await Lab.WaitForRecordsAsync(job, 1);
        await using Tab tab = await place.OpenAsync("#/alarms");
        var (read, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await tab.Page.RouteAsync("**/api/v1/jobs", async route =>
        {
            IAPIResponse running = await route.FetchAsync();
            read.TrySetResult();
            await go.Task;
            await route.FulfillAsync(new RouteFulfillOptions { Response = running });
        });
        await tab.Page.ReloadAsync(new PageReloadOptions { WaitUntil = WaitUntilState.Commit });
        await read.Task;
        await Lab.CliAsync("job", "stop", job, "--reason", "while the page reads");
        await Lab.WaitAsync(job, "to be stopped", answer => answer.GetProperty("state").GetString() == "Cancelled");
        go.SetResult();

        await tab.GoAsync("#/");
        await Assertions.Expect(tab.Page.Locator(".tile", new PageLocatorOptions { HasText = "21-1-7" }).Locator(".state")).Not.ToHaveTextAsync("Running");
        await tab.GoAsync("#/jobs");
        await Assertions.Expect(tab.Page.Locator("tr", new PageLocatorOptions { HasText = "page-early" })).ToContainTextAsync("Cancelled");
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task An_alarm_comes_by_itself_is_shelved_and_put_back_and_acknowledged_by_name_with_a_note_and_its_device_is_probed()
    {
        await using Tab tab = await place.OpenAsync("#/alarms");
        string job = await place.SubmitAsync(200, "coin-3", "page-alarm");
        await Lab.WaitForRecordsAsync(job, 5);
        await Lab.SetFaultAsync("protect", "--channel", "21-1-3");

        ILocator alarm = tab.Page.Locator($".alarm:has-text('{job[..8]}')").First;
        await Eventually.GetAsync($"an alarm of job {job}", TimeSpan.FromSeconds(60), () => Lab.Api.GetAsync("alarms"), answer => answer.ToString().Contains(job, StringComparison.Ordinal));
        await tab.WaitForTextAsync(".alarms", job[..8]);
        await tab.Page.Locator("#given-name").FillAsync("Ada");
        await AnswerAsync(tab.Page, alarm, "Shelve", "Why", "terminal is being cleaned");
        await Assertions.Expect(alarm).ToContainTextAsync(new Regex(@"since .* \(lab time\).*shelved until .* \(wall time\) by Ada: terminal is being cleaned"));
        await AnswerAsync(tab.Page, alarm, "Off the shelf", "Why", "cleaned");
        await Assertions.Expect(alarm).Not.ToContainTextAsync("shelved");
        await Assertions.Expect(alarm.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Shelve" })).ToBeVisibleAsync();

        await alarm.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Acknowledge" }).ClickAsync();
        await tab.Page.GetByLabel("Note").FillAsync("terminal cleaned");
        await Screens.TakeAsync(tab, "alarms-dialog");
        await tab.Page.Locator("dialog").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Acknowledge" }).ClickAsync();

        await tab.Page.GetByLabel("past ones too").CheckAsync();
        await Assertions.Expect(alarm).ToContainTextAsync(new Regex(@"Acknowledged by Ada at .* \(wall time\): terminal cleaned"));
        await Screens.TakeAsync(tab, "alarms");

        await tab.GoAsync("#/devices");
        await tab.Page.Locator(".device[aria-label=cycler1]").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Probe" }).ClickAsync();
        await tab.WaitForTextAsync(".device[aria-label=cycler1]", "It answers: ");
        await tab.WaitForTextAsync(".device[aria-label=cycler1]", "; 8 channels");
        await tab.WaitForTextAsync(".device[aria-label=cycler1] > div", "Online");
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task Every_plot_of_a_job_shows_and_can_be_saved()
    {
        string job = await place.SubmitAsync(3, "coin-4", "page-plots");
        await Lab.WaitAsync(job, "to be analysed", answer => answer.IsSettled(), seconds: 240);
        await using Tab tab = await place.OpenAsync($"#/job/{job}/curves", dark: true);
        foreach (string view in new[] { "curves", "cycles", "dqdv" })
        {
            await tab.GoAsync($"#/job/{job}/{view}");
            await tab.WaitForAsync(".card .plot svg path");
            await Screens.TakeAsync(tab, $"job-{view}");
        }

        string svg = await SavedAsync(tab, "SVG");
        string csv = await SavedAsync(tab, "CSV");
        string png = await SavedAsync(tab, "PNG");
        Assert.StartsWith("<svg", svg, StringComparison.Ordinal);
        Assert.StartsWith("voltage / V (charge),dQ/dV / mAh V⁻¹ (charge)", csv, StringComparison.Ordinal);
        Assert.True(csv.Split('\n').Length > 100 && png.Contains("PNG", StringComparison.Ordinal), csv[..100]);
        foreach (string view in new[] { $"job/{job}/events", "devices", "jobs" })
        {
            await tab.GoAsync($"#/{view}");
            await tab.WaitForAsync("tbody tr, .device");
            await Screens.TakeAsync(tab, view.Split('/')[^1]);
        }

        tab.AssertNoErrors();
    }

    [Fact]
    public async Task Below_a_path_of_a_reverse_proxy_everything_is_found_and_stays_live()
    {
        string job = await place.SubmitAsync(200, "coin-5", "page-proxy");
        await using var proxy = new SubPathProxy(Lab.HttpPort);
        await using Tab tab = await place.Browser.OpenAsync(proxy.Address);

        ILocator tile = tab.Page.Locator(".tile", new PageLocatorOptions { HasText = "page-proxy" });
        await LiveAsync(tile.Locator(".value").First);
        await tile.Locator(".name").ClickAsync();
        await tab.WaitForAsync(".uplot[data-drawn]");

        Assert.StartsWith($"{proxy.Address}#/job/{job}", tab.Page.Url, StringComparison.Ordinal);
        Assert.Contains("api/v1/events", proxy.Asked);
        tab.AssertNoErrors();
    }

    /// <summary>Each address breaks off once: the page's own files, what it asks first, and every reading of a view, one after the other. The job has ended, so
    /// that nothing else makes a view ask again.</summary>
    [Fact]
    public async Task Every_view_comes_to_itself_after_its_first_requests_have_failed()
    {
        string job = await place.SubmitAsync(1, "coin-6", "page-broken", rateC: 5);
        await Lab.WaitAsync(job, "to be analysed", answer => answer.IsSettled(), seconds: 240);
        await using var proxy = new SubPathProxy(Lab.HttpPort) { BreaksFirst = address => address is not ("" or "page/app/boot.js") };
        await using Tab tab = await place.Browser.OpenAsync($"{proxy.Address}#/job/{job}");

        await tab.WaitForAsync(".uplot[data-drawn]");
        foreach (string view in new[] { "curves", "cycles" })
        {
            await tab.GoAsync($"#/job/{job}/{view}");
            await tab.WaitForAsync(".card .plot svg");
        }

        await tab.GoAsync("#/audit");
        await tab.WaitForAsync($"tr:has-text('{job}')");
        Assert.Superset(
            new HashSet<string> { "page/style/base.css", "page/app/main.js", "api/v1/session", "api/v1/status", "api/v1/events", $"api/v1/jobs/{job}", $"api/v1/jobs/{job}/series", $"api/v1/jobs/{job}/cycles", "api/v1/audit" },
            proxy.Broken.ToHashSet());
        tab.AssertNoExceptions();
    }

    /// <summary>Returns when the dialog is closed: the command was answered.</summary>
    private static async Task OrderAsync(IPage page, string order, string reason)
    {
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = order }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync(reason);
        await page.Locator("dialog").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = order }).ClickAsync();
        await page.Locator("dialog").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    /// <summary>As <see cref="OrderAsync"/>, by a button of an entry.</summary>
    private static async Task AnswerAsync(IPage page, ILocator entry, string button, string field, string text)
    {
        await entry.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = button }).ClickAsync();
        await page.Locator("dialog").GetByLabel(field).FillAsync(text);
        await page.Locator("dialog").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = button }).ClickAsync();
        await page.Locator("dialog").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    /// <summary>News may overtake the answer to a command.</summary>
    private static Task<IAsyncDisposable> AnswerLateAsync(IPage page, string address, Func<Task> until) => page.RouteAsync(address, async route =>
    {
        IAPIResponse answer = await route.FetchAsync();
        await until();
        await route.FulfillAsync(new RouteFulfillOptions { Response = answer });
    });

    private static async Task<string> SavedAsync(Tab tab, string kind)
    {
        IDownload download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = kind, Exact = true }).First.ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync());
    }

    /// <summary>The text changes by itself.</summary>
    private static async Task LiveAsync(ILocator place)
    {
        await Assertions.Expect(place).ToContainTextAsync(" V");
        string before = (await place.TextContentAsync())!;
        await Assertions.Expect(place).Not.ToHaveTextAsync(before);
    }

    private async Task<string> JobOfAsync(string sample) => (await Lab.Api.GetAsync("jobs")).GetProperty("jobs").EnumerateArray()
        .First(job => job.GetProperty("sample").GetProperty("name").GetString() == sample).GetProperty("job").GetString()!;
}
