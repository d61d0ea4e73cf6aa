using Microsoft.Playwright;

namespace CellLab.SystemTests.Page;

/// <summary>One open page, with what went wrong in it.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private readonly List<string> errors = [];
    private readonly List<string> exceptions = [];

    public Tab(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => exceptions.Add(error);
        page.Console += (_, message) =>
        {
            // a service that is away shows as failed requests; the page itself must say it in words
            if (message.Type == "error" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal) && !message.Text.Contains("ERR_", StringComparison.Ordinal))
            {
                errors.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>The colours that the page was opened with.</summary>
    public required ColorScheme Colours { get; init; }

    public void AssertNoErrors() => Assert.True(errors.Count + exceptions.Count == 0, string.Join("\n", [.. errors, .. exceptions]));

    /// <summary>For where files were kept from the page: the browser itself tells that as errors.</summary>
    public void AssertNoExceptions() => Assert.True(exceptions.Count == 0, string.Join("\n", exceptions));

    public Task WaitForTextAsync(string selector, string text) =>
        Assertions.Expect(Page.Locator(selector).First).ToContainTextAsync(text, new LocatorAssertionsToContainTextOptions { Timeout = Browser.LimitMilliseconds });

    public Task WaitForAsync(string selector) => Page.Locator(selector).First.WaitForAsync();

    public Task GoAsync(string route) => Page.EvaluateAsync("route => { location.hash = route; }", route);

    /// <summary>True when the document is not wider than the window: nothing has to be scrolled sideways.</summary>
    public Task<bool> FitsAsync() => Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth");

    /// <summary>How it looked at its end is kept: of a failed test it tells most.</summary>
    public async ValueTask DisposeAsync()
    {
        await Screens.KeepLastAsync(this);
        await Page.Context.CloseAsync();
    }
}
