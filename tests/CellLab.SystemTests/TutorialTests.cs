using System.Diagnostics;
using System.Globalization;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>Runs the commands of the tutorial as they stand; only ports and the folder for its files differ.</summary>
public sealed class TutorialTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Every_command_of_the_tutorial_does_what_it_says()
    {
        using var folder = new TemporaryFolder();
        int http = Ports.Free();
        int mqtt = Ports.Free();
        string script = folder.Write("tutorial.sh", Script(folder, http, mqtt));
        var start = new ProcessStartInfo("bash") { WorkingDirectory = App.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(script);
        start.Environment["CELLLAB_URL"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{http}");
        using Process bash = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        Task<string> output = bash.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> error = bash.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await bash.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            bash.Kill(entireProcessTree: true);
        }

        Assert.True(bash.HasExited && bash.ExitCode == 0, $"{await output}\n{await error}");
    }

    /// <summary>Blocks marked <c>background</c> go on beside the others; each is given time to be ready, and all end with the script.</summary>
    private static string Script(TemporaryFolder folder, int http, int mqtt)
    {
        var lines = new List<string> { "set -ex", "trap 'kill $(jobs -p); wait' EXIT" };
        foreach ((string code, bool background) in Blocks(File.ReadAllText(Path.Combine(App.Root, "docs", "tutorial.md"))))
        {
            string adapted = Adapt(code, folder, http, mqtt);
            lines.Add(background ? adapted.TrimEnd() + " &\n" + Ready(adapted, folder) : adapted);
        }

        return string.Join('\n', lines);
    }

    private static string Adapt(string code, TemporaryFolder folder, int http, int mqtt) => code
        .Replace("./celllab sim --speed", string.Create(CultureInfo.InvariantCulture, $"./celllab sim --http-port {http} --mqtt-port {mqtt} --speed"), StringComparison.Ordinal)
        .Replace("-p 18830", string.Create(CultureInfo.InvariantCulture, $"-p {mqtt}"), StringComparison.Ordinal)
        .Replace("artifacts/tutorial", folder.Path, StringComparison.Ordinal)
        .Replace("./celllab", App.Executable, StringComparison.Ordinal);

    private static string Ready(string code, TemporaryFolder folder) => code.Contains("celllab sim", StringComparison.Ordinal)
        ? $"timeout 60 bash -c 'until [ -f {folder["celllab.json"]} ]; do sleep 0.1; done'"
        : $"timeout 60 bash -c 'until {App.Executable} device list 2>/dev/null | grep -q Online; do sleep 0.1; done'";

    private static IEnumerable<(string Code, bool Background)> Blocks(string markdown)
    {
        string[] parts = markdown.Split("```");
        for (int i = 1; i < parts.Length; i += 2)
        {
            int end = parts[i].IndexOf('\n', StringComparison.Ordinal);
            string language = parts[i][..end];
            if (language.StartsWith("sh", StringComparison.Ordinal))
            {
                yield return (parts[i][(end + 1)..], language.Contains("background", StringComparison.Ordinal));
            }
        }
    }
}
