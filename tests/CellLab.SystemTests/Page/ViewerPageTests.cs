using CellLab.SystemTests.Harness;
using Microsoft.Playwright;

namespace CellLab.SystemTests.Page;

/// <summary>The page of a service that knows its users.</summary>
public sealed class ViewerPageTests(GuardedNode node, Browser browser) : IClassFixture<GuardedNode>, IClassFixture<Browser>
{
    private const string Commands = "main button, a[href='#/start']";

    [Fact]
    public async Task Nothing_is_shown_before_the_login_and_a_viewer_finds_nothing_to_act_with()
    {
        await using Tab tab = await browser.OpenAsync($"http://127.0.0.1:{node.HttpPort}/#/alarms");
        IPage page = tab.Page;
        await LogInAsync(page, "viewer", "a wrong one");
        await tab.WaitForTextAsync(".problem", "wrong");
        await Screens.TakeAsync(tab, "login");

        await LogInAsync(page, "viewer", GuardedNode.Password);
        await tab.WaitForTextAsync("h1", "Alarms");
        await tab.WaitForTextAsync(".person", "viewer");
        foreach (string view in new[] { "laboratory", "alarms", "devices" })
        {
            await tab.GoAsync($"#/{view}");
            await tab.WaitForAsync("h1");
            Assert.Equal(0, await page.Locator(Commands).CountAsync());
        }

        await tab.GoAsync("#/start");
        await tab.WaitForTextAsync("main", "cannot start a job");
        Assert.Equal("403", await PostAsync(page, "samples")); // by the page's own way, with its own token
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log out" }).ClickAsync();
        await tab.WaitForAsync("#password");
        Assert.Equal("401", await PostAsync(page, "samples"));
    }

    [Fact]
    public async Task An_operator_gets_the_buttons_and_commands_go_out_with_the_pages_token()
    {
        await using Tab tab = await browser.OpenAsync($"http://127.0.0.1:{node.HttpPort}/#/start");
        await LogInAsync(tab.Page, "operator", GuardedNode.Password);

        await tab.WaitForAsync("button:has-text('Start the job')");

        Assert.Equal("422", await PostAsync(tab.Page, "samples")); // understood; the sample lacks its figures
        tab.AssertNoErrors();
    }

    private static async Task LogInAsync(IPage page, string name, string password)
    {
        await page.Locator("#user").FillAsync(name);
        await page.Locator("#password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log in" }).ClickAsync();
    }

    /// <summary>The status of a command that the page's own module sends.</summary>
    private static Task<string> PostAsync(IPage page, string path) => page.EvaluateAsync<string>(
        "async path => { const api = await import(new URL('page/app/api.js', document.baseURI)); try { await api.post(path, { name: 'x' }); return 'done'; } catch (error) { return String(error.status); } }", path);
}
