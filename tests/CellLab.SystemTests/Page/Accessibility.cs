using System.Text.Json;
using Microsoft.Playwright;

namespace CellLab.SystemTests.Page;

/// <summary>Asks axe-core whether a view can be used with a keyboard and a screen reader, and read by weak eyes.</summary>
internal static class Accessibility
{
    private const string Ask =
        """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
          .filter(found => ['serious', 'critical'].includes(found.impact))
          .map(found => `${found.id}: ${found.help}: ${found.nodes.map(node => node.html.slice(0, 160)).slice(0, 3).join(' | ')}`)
        """;

    private static readonly Lazy<string> s_axe = new(ReadAxe);

    /// <summary>Fails with what is seriously wrong and where, in light and in dark.</summary>
    public static async Task CheckAsync(Tab tab, string view)
    {
        await tab.Page.EvaluateAsync(s_axe.Value);
        foreach (ColorScheme colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await tab.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
            await CheckOnceAsync(tab, $"{view}, {colours}");
        }

        await tab.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = tab.Colours });
    }

    private static async Task CheckOnceAsync(Tab tab, string view)
    {
        JsonElement? found = await tab.Page.EvaluateAsync(Ask);
        string[] serious = [.. found!.Value.EnumerateArray().Select(item => item.GetString()!)];
        Assert.True(serious.Length == 0, $"{view}:\n{string.Join('\n', serious)}");
    }

    private static string ReadAxe()
    {
        using Stream stream = typeof(Accessibility).Assembly.GetManifestResourceStream("axe.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
