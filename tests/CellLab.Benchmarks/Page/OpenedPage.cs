using Microsoft.Playwright;

namespace CellLab.Benchmarks.Page;

/// <summary>The page in the distribution's Chromium, by the wall clock of whoever waits for it.</summary>
internal sealed class OpenedPage(IPlaywright playwright, IBrowser browser, IPage page) : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";
    private static readonly TimeProvider Wall = TimeProvider.System;

    public static async Task<OpenedPage> StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
        IPage page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1400, Height = 900 } });
        return new OpenedPage(playwright, browser, page);
    }

    /// <summary>From the request for the page until the curve of the whole job is drawn, in ms, and what was sent for it, with headers.</summary>
    public async Task<(double Milliseconds, double Bytes)> OpenAsync(string address)
    {
        await page.GotoAsync("about:blank");
        long began = Wall.GetTimestamp();
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await page.Locator(".uplot[data-drawn]").WaitForAsync();
        double milliseconds = Wall.GetElapsedTime(began).TotalMilliseconds;
        double bytes = await page.EvaluateAsync<double>("[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, entry) => sum + entry.transferSize, 0)");
        return (milliseconds, bytes);
    }

    /// <summary>How long a press of the button takes until data of the new range is drawn; sorted, in ms.</summary>
    public async Task<double[]> TimesAsync(string button, int presses)
    {
        var times = new double[presses];
        for (int press = 0; press < presses; press++)
        {
            string before = await DrawnAsync();
            long began = Wall.GetTimestamp();
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();
            await page.WaitForFunctionAsync("before => document.querySelector('.uplot').dataset.drawn !== before", before);
            times[press] = Wall.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(times);
        return times;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private async Task<string> DrawnAsync() => await page.Locator(".uplot").GetAttributeAsync("data-drawn") ?? "";
}
