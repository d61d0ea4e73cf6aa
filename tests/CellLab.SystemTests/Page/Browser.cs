using Microsoft.Playwright;

namespace CellLab.SystemTests.Page;

/// <summary>The distribution's Chromium, driven by Playwright: one for all tests of a class. Nothing is downloaded; without the browser the tests
/// fail.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";

    /// <summary>For a loaded machine with two cores; nothing waits longer than it has to.</summary>
    internal const float LimitMilliseconds = 60_000;

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Executable), $"There is no browser at {Executable}: the tests of the page need the package chromium (./celllab test installs it).");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Headless = true,
            Timeout = LimitMilliseconds,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--no-first-run", "--disable-dev-shm-usage",
            ],
        });
    }

    /// <summary>A page with nothing remembered. What the page logs as an error, and exceptions in it, are collected.</summary>
    internal async Task<Tab> OpenAsync(string address, bool dark = false)
    {
        ColorScheme colours = dark ? ColorScheme.Dark : ColorScheme.Light;
        IBrowserContext context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = Screens.Wide, ColorScheme = colours, Locale = "en-GB", AcceptDownloads = true,
        });
        context.SetDefaultTimeout(LimitMilliseconds);
        var tab = new Tab(await context.NewPageAsync()) { Colours = colours };
        await tab.Page.GotoAsync(address);
        return tab;
    }

    public async Task DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
    }
}
