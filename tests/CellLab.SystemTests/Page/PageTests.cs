using CellLab.SystemTests.Harness;
using Microsoft.Playwright;

namespace CellLab.SystemTests.Page;

public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_running_job_is_seen_live_and_a_killed_service_is_told_and_regained()
    {
        await using Lab lab = await Lab.StartAsync(new LabOptions { Speed = 100 });
        string job = await lab.SubmitAsync(lab.Folder.Write("cycle.json", Protocols.Cycles(20)));
        await using Tab tab = await browser.OpenAsync($"http://127.0.0.1:{lab.HttpPort}/");

        ILocator tile = tab.Page.Locator(".tile", new PageLocatorOptions { HasText = "s1" });
        await Assertions.Expect(tile.Locator(".state")).ToHaveTextAsync("Running");
        await LiveAsync(tab, tile);
        await Screens.TakeAsync(tab, "laboratory");

        await lab.Service.KillAsync();
        await tab.WaitForTextAsync("#connection", "lost");
        await Assertions.Expect(tile).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("stale"));
        await Screens.TakeAsync(tab, "laboratory-lost");

        await lab.StartServiceAsync();
        await tab.Page.Locator("#connection").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        await LiveAsync(tab, tile);
        Assert.Contains(job, await tile.Locator(".name").GetAttributeAsync("href"), StringComparison.Ordinal);
        tab.AssertNoErrors();
    }

    /// <summary>The voltage on the tile changes by itself.</summary>
    private static async Task LiveAsync(Tab tab, ILocator tile)
    {
        ILocator voltage = tile.Locator(".value").First;
        await Assertions.Expect(voltage).ToContainTextAsync(" V");
        string before = (await voltage.TextContentAsync())!;
        await Assertions.Expect(voltage).Not.ToHaveTextAsync(before);
        await Assertions.Expect(tile).Not.ToHaveClassAsync(new System.Text.RegularExpressions.Regex("stale"));
    }
}
