using System.Diagnostics;

namespace CellLab.Cli.Demo;

/// <summary>One process of the demo: this executable again, with its own log file. It holds the other end of a pipe and ends when that
/// closes, so nothing outlives a demo that is killed; a kept one gets no pipe and goes on.</summary>
internal sealed class DemoProcess : IDisposable
{
    private const int TailLines = 15;

    /// <summary>A session of its own keeps the terminal's interrupt away: the demo ends its processes in order.</summary>
    private const string Script = "exec $(command -v setsid) \"$0\" \"$@\" >>\"$CELLLAB_PROCESS_LOG\" 2>&1";
    private readonly Process process;

    private DemoProcess(string name, string log, Process process)
    {
        Name = name;
        Log = log;
        this.process = process;
    }

    public string Name { get; }

    public string Log { get; }

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    public static DemoProcess Start(string name, string log, bool keep, params string[] arguments)
    {
        string executable = Environment.ProcessPath ?? throw CliException.Failed("the path of this executable is not known");
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = !keep };
        string[] last = keep ? [] : ["--end-with-stdin"];
        foreach (string argument in (string[])["-c", keep ? Script + " </dev/null" : Script, executable, .. arguments, .. last])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CELLLAB_PROCESS_LOG"] = log;
        return new DemoProcess(name, log, Process.Start(start) ?? throw CliException.Failed($"{name} could not be started"));
    }

    /// <exception cref="CliException">It has ended; the message holds the end of its log.</exception>
    public void RequireAlive()
    {
        if (process.HasExited)
        {
            throw CliException.Failed($"{Name} ended with exit code {process.ExitCode}; the end of {Log}:\n{Tail()}");
        }
    }

    /// <summary>Closes the pipe and waits; what does not end in time is killed with its children.</summary>
    public async Task EndAsync(TimeSpan patience, TimeProvider wall)
    {
        if (process.HasExited)
        {
            return;
        }

        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(patience, wall);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => process.Dispose();

    private string Tail() => File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(TailLines)) : "(no log)";
}
