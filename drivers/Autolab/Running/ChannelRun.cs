using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Autolab.Wire;
using CellLab.Drivers.Catalog.Runs;

namespace CellLab.Drivers.Autolab.Running;

/// <summary>How a run ended.</summary>
internal enum RunEnding { Running, Done, Limit, Aborted, Error, Lost }

/// <summary>A run on the channel: what its events say, and what has become of the cell after its end. May be called from any thread.</summary>
internal abstract class ChannelRun(string testId, string? barcode, Clocks clocks) : ICellRun
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CellFate _fate = new();

    public string TestId { get; } = testId;

    public string? Barcode { get; } = barcode;

    public DateTimeOffset StartedUtc { get; } = clocks.Lab.GetUtcNow();

    public RunEnding Ending { get; private set; }

    public Task Ended => _ended.Task;

    /// <summary>Why it ended other than normally.</summary>
    public string? Reason { get; private set; }

    /// <summary>The bridge has read the cell back as off at the end of the run.</summary>
    public bool EndedCellOff { get; private set; }

    public bool IsLost => Ending == RunEnding.Lost;

    public string EndedBy => Reason ?? Ending.ToString();

    public bool Settled => _fate.IsSettled;

    public Task WhenSettled => _fate.WhenSettled;

    public bool CellIsOff => _fate.IsOff;

    public double? LastVolts { get; protected set; }

    public double? LastAmperes { get; protected set; }

    public int? LastStepId { get; protected set; }

    public (ChannelState State, string Text) State => this switch
    {
        { Ending: RunEnding.Running } => (ChannelState.Running, "running"),
        { Settled: false } => (ChannelState.Unknown, "ending"),
        { CellIsOff: false } => (ChannelState.Unknown, "cell state unknown"),
        { Ending: RunEnding.Limit } => (ChannelState.Protected, Reason ?? "limit passed"),
        { Ending: RunEnding.Done } => (ChannelState.Finished, "finished"),
        _ => (ChannelState.Stopped, Reason ?? "stopped"),
    };

    protected Lock Gate { get; } = new();

    /// <summary>Within the gate.</summary>
    protected RunNotes Notes { get; } = new();

    protected DateTimeOffset Now => clocks.Lab.GetUtcNow();

    public void Accept(RunEventLine news)
    {
        lock (Gate)
        {
            if (Ending != RunEnding.Running)
            {
                return;
            }

            Take_NeedsGate(news);
            if (news is FinishedLine end)
            {
                EndedCellOff = end.CellIsOff;
                End_NeedsGate(EndingOf(end.Reason), end.Text);
            }
        }
    }

    /// <summary>The connection is gone.</summary>
    public void Lose(string reason)
    {
        lock (Gate)
        {
            End_NeedsGate(RunEnding.Lost, reason);
        }
    }

    public void Alarm(AlarmLine alarm)
    {
        lock (Gate)
        {
            Notes.Add($"alarm of the bridge: {alarm.Text}");
        }
    }

    public void Settle(bool cellIsOff, string? note)
    {
        lock (Gate)
        {
            if (!Settled && Ending != RunEnding.Done && Reason is not null)
            {
                Notes.Add(Ending == RunEnding.Limit ? $"a limit ended the test and the cell was switched off: {Reason}" : $"ended: {Reason}");
            }

            if (note is not null)
            {
                Notes.Add(note);
            }

            if (!Settled)
            {
                Conclude_NeedsGate();
            }

            _fate.Settle(cellIsOff);
        }
    }

    protected abstract void Take_NeedsGate(RunEventLine news);

    /// <summary>Last words when the run is over.</summary>
    protected virtual void Conclude_NeedsGate() => Notes.Conclude();

    private void End_NeedsGate(RunEnding ending, string? reason)
    {
        if (Ending == RunEnding.Running)
        {
            Ending = ending;
            Reason = reason;
            _ended.TrySetResult();
        }
    }

    private static RunEnding EndingOf(string reason) => reason switch
    {
        "done" => RunEnding.Done,
        "limit" => RunEnding.Limit,
        "aborted" => RunEnding.Aborted,
        _ => RunEnding.Error,
    };
}
