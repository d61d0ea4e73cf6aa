using System.ComponentModel;
using System.Diagnostics;

namespace CellLab.Messaging.Broker;

/// <summary>One run of mosquitto under a small shell that holds a pipe to us. When the pipe ends, because we closed it or because this
/// process is gone in whatever way, the shell ends the broker, so that none is left behind. (The parent-death signal would not do: it is tied
/// to the thread that started the child.)</summary>
internal sealed class BrokerProcess : IAsyncDisposable
{
    private const int KeptLines = 20;
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    // mosquitto listens a moment before it heeds a termination signal, hence the second one. The watcher must not hold our output pipes.
    // A background command of a shell gets /dev/null as its input, hence the copy of the pipe on 3. The broker itself must not hold it.
    internal const string Script = """
        exec 3<&0 </dev/null
        "$0" -c "$1" 3<&- &
        broker=$!
        { while read -r _ <&3; do kill -HUP "$broker"; done; kill -TERM "$broker"; sleep 2; kill -KILL "$broker"; } >/dev/null 2>&1 &
        watcher=$!
        exec 3<&-
        wait "$broker"
        status=$?
        kill "$watcher" 2>/dev/null
        exit "$status"
        """;

    private readonly Process _shell;
    private readonly TimeProvider _wall;
    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();

    private BrokerProcess(Process shell, TimeProvider wall)
    {
        _shell = shell;
        _wall = wall;
    }

    public event Action<string> LineWritten = _ => { };

    public int ShellId => _shell.Id;

    public bool HasExited => _shell.HasExited;

    /// <summary>The last lines that the broker wrote.</summary>
    public string Output
    {
        get
        {
            lock (_gate)
            {
                return string.Join("; ", _lines);
            }
        }
    }

    /// <exception cref="BrokerException">There is no shell.</exception>
    public static BrokerProcess Start(string executable, string configuration, TimeProvider wall, Action<string> lineWritten)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", Script, executable, configuration },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = new BrokerProcess(new Process { StartInfo = start }, wall);
        process.LineWritten += lineWritten;
        process._shell.OutputDataReceived += (_, line) => process.Note(line.Data);
        process._shell.ErrorDataReceived += (_, line) => process.Note(line.Data);
        try
        {
            process._shell.Start();
        }
        catch (Win32Exception error)
        {
            throw new BrokerException($"the broker could not be started: {error.Message}", error);
        }

        process._shell.BeginOutputReadLine();
        process._shell.BeginErrorReadLine();
        return process;
    }

    /// <summary>Has mosquitto read its password files and access lists again (SIGHUP), and throw out who is not in them any more.</summary>
    public void Reload()
    {
        _shell.StandardInput.WriteLine("reload");
        _shell.StandardInput.Flush();
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _shell.WaitForExitAsync(cancellationToken);

    /// <summary>Closes the pipe and waits until the broker has gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        using var limit = new CancellationTokenSource(EndLimit, _wall);
        try
        {
            await _shell.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _shell.Kill(entireProcessTree: true);
        }

        _shell.Dispose();
    }

    private void Note(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (_gate)
        {
            _lines.Enqueue(line);
            if (_lines.Count > KeptLines)
            {
                _lines.Dequeue();
            }
        }

        LineWritten(line);
    }
}
