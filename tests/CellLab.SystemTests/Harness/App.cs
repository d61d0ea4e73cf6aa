using System.Diagnostics;

namespace CellLab.SystemTests.Harness;

/// <summary>The built executable. The launcher says where it is by CELLLAB_APP; without it the last build is taken.</summary>
internal static class App
{
    public static string Root { get; } = FindRoot();

    public static string Executable { get; } = Find();

    /// <summary>Runs a verb to its end.</summary>
    /// <exception cref="TimeoutException">It did not end within the limit; it is killed.</exception>
    public static async Task<RunResult> RunAsync(RunRequest request, params string[] arguments)
    {
        using Process process = Start(request, arguments);
        await process.StandardInput.WriteAsync(request.Input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(request.Limit, TimeProvider.System);
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new RunResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"celllab {string.Join(' ', arguments)} did not end within {request.Limit}");
        }
    }

    public static Task<RunResult> RunAsync(params string[] arguments) => RunAsync(new RunRequest(), arguments);

    public static Process Start(RunRequest request, params string[] arguments)
    {
        var start = new ProcessStartInfo(request.Wrapper.Length > 0 ? request.Wrapper[0] : Executable)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = request.Folder ?? Root,
        };
        string[] all = request.Wrapper.Length > 0 ? [.. request.Wrapper[1..], Executable, .. arguments] : arguments;
        foreach (string argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string? value) in request.Variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start");
    }

    private static string Find()
    {
        string path = Environment.GetEnvironmentVariable("CELLLAB_APP") ?? Path.Combine(Root, "artifacts", "current", "celllab");
        return File.Exists(path) ? path : throw new InvalidOperationException($"there is no executable at {path}; run the tests with ./celllab test");
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CellLab.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
