using CellLab.SystemTests.Harness;
using Microsoft.Playwright;

namespace CellLab.SystemTests.Page;

/// <summary>Pictures of views at the width of a desk and of a phone, kept in <c>artifacts/screenshots</c>.</summary>
internal static class Screens
{
    public static ViewportSize Wide => new() { Width = 1400, Height = 900 };

    public static ViewportSize Narrow => new() { Width = 380, Height = 800 };

    private static string Folder => Path.Combine(App.Root, "artifacts", "screenshots");

    public static Task KeepLastAsync(Tab tab) => tab.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, "last.png"), FullPage = true });

    /// <summary>Takes both, and checks that the view fits both widths without scrolling sideways and can be used by everybody.</summary>
    public static async Task TakeAsync(Tab tab, string name)
    {
        foreach ((ViewportSize size, string suffix) in new[] { (Narrow, "380"), (Wide, "1400") })
        {
            await tab.Page.SetViewportSizeAsync(size.Width, size.Height);
            await tab.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            await tab.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, $"{name}-{suffix}.png"), FullPage = true });
            Assert.True(await tab.FitsAsync(), $"{name} is wider than {size.Width} px");
            await Accessibility.CheckAsync(tab, $"{name} at {size.Width} px");
        }
    }
}
