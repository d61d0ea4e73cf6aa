using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CellLab.HardwareSim.Autolab;

/// <summary>The bridge program as a child. It ends when its standard input does, so it never outlives the bench.</summary>
internal sealed class BridgeProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_endsWithin = TimeSpan.FromSeconds(10);
    private readonly Process _process;
    private readonly TimeProvider _wall;

    private BridgeProcess(Process process, int port, TimeProvider wall) => (_process, Port, _wall) = (process, port, wall);

    public int Port { get; }

    public bool IsRunning => !_process.HasExited;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "autolab");

    /// <exception cref="IOException">The program is not there or did not start.</exception>
    public static async Task<BridgeProcess> StartAsync(TimeProvider wall, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(DotNet()) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        string program = Path.Combine(Folder, "CellLab.AutolabBridge.dll");
        foreach (string word in new[] { program, "--sdk", Path.Combine(Folder, "sdk"), "--port", "0", "--call-limit-s", "10", "--until-input-ends" })
        {
            start.ArgumentList.Add(word);
        }

        Process process = Process.Start(start) ?? throw new IOException($"the bridge program {program} cannot be started");
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(cancellationToken);
            using JsonDocument greeting = JsonDocument.Parse(line ?? throw new IOException($"the bridge program {program} ended at once"));
            return new BridgeProcess(process, greeting.RootElement.GetProperty("port").GetInt32(), wall);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>As when somebody ends it in the task manager: the instrument is left as it is.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(s_endsWithin, _wall);
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>The host of the runtime that this process runs on.</summary>
    private static string DotNet()
    {
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(host) ? host : "dotnet";
    }
}
