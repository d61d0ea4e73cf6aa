using CellLab.Core.Time;
using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript.Session;

/// <summary>How a script ended.</summary>
internal enum ScriptEnding { Running, Normal, Error, Aborted, Lost }

/// <summary>Hears the output of one script and tells when it has ended. May be called from any thread.</summary>
internal abstract class ScriptListener(Clocks clocks)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    private readonly TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _heard = clocks.Wall.GetTimestamp();
    private int _aborted;

    protected Lock Gate { get; } = new();

    /// <summary>Done when the instrument has confirmed that it runs the script.</summary>
    public Task Acknowledged => _acknowledged.Task;

    public Task Ended => _ended.Task;

    public ScriptEnding Ending { get; private set; }

    /// <summary>Why it ended other than normally.</summary>
    public string? Reason { get; private set; }

    public InstrumentError? Error { get; private set; }

    /// <summary>Wall time since the last line.</summary>
    public TimeSpan Silence => clocks.Wall.GetElapsedTime(Volatile.Read(ref _heard));

    /// <summary>From now on the end is one that was asked for.</summary>
    public void Aborting() => Volatile.Write(ref _aborted, 1);

    /// <summary>Its output is worth more than a command that was not answered: the connection stays then.</summary>
    public virtual bool KeepsConnection => true;

    /// <summary>False for a line that is not of a script's output.</summary>
    public bool Accept(OutputLine line)
    {
        Volatile.Write(ref _heard, clocks.Wall.GetTimestamp());
        switch (line)
        {
            case ReplyLine { Letter: 'r', Content: "" }:
                _acknowledged.TrySetResult();
                return true;
            case ReplyLine { Letter: 'r' } joined:
                _acknowledged.TrySetResult();
                return Accept(MethodScriptCodec.Read(joined.Content));
            case ScriptEndLine when _acknowledged.Task.IsCompleted:
                End(Volatile.Read(ref _aborted) == 1 ? ScriptEnding.Aborted : ScriptEnding.Normal, null);
                return true;
            case ErrorLine { Error.Letter: null } error:
                Error = error.Error;
                End(ScriptEnding.Error, error.Error.ToString());
                return true;
            case ReplyLine or ErrorLine or UnknownLine or ScriptEndLine:
                return false;
            default:
                Take(line, clocks.Lab.GetUtcNow());
                return true;
        }
    }

    /// <summary>The connection is gone, or nothing comes any more.</summary>
    public void Lose(string reason) => End(ScriptEnding.Lost, reason);

    /// <summary>Returns when the script has ended, by its own words or because nothing was heard of it for so long (wall time).</summary>
    public async Task EndOrSilenceAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        while (!Ended.IsCompleted)
        {
            await Task.WhenAny(Ended, Task.Delay(s_look, clocks.Wall, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (!Ended.IsCompleted && Silence > limit)
            {
                Lose($"nothing was heard of the running script for {limit.TotalSeconds:0} s");
            }
        }
    }

    /// <summary>One line of output other than the end.</summary>
    protected abstract void Take(OutputLine line, DateTimeOffset receivedUtc);

    private void End(ScriptEnding ending, string? reason)
    {
        lock (Gate)
        {
            if (Ending != ScriptEnding.Running)
            {
                return;
            }

            Ending = ending;
            Reason = reason;
        }

        _ended.TrySetResult();
    }
}

/// <summary>A short script: keeps its packages.</summary>
internal sealed class ShortScript(Clocks clocks) : ScriptListener(clocks)
{
    private readonly List<PackageLine> _packages = [];

    public override bool KeepsConnection => false;

    public IReadOnlyList<PackageLine> Packages
    {
        get
        {
            lock (Gate)
            {
                return [.. _packages];
            }
        }
    }

    protected override void Take(OutputLine line, DateTimeOffset receivedUtc)
    {
        if (line is PackageLine package)
        {
            lock (Gate)
            {
                _packages.Add(package);
            }
        }
    }
}
