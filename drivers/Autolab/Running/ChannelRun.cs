using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Autolab.Wire;

namespace CellLab.Drivers.Autolab.Running;

/// <summary>How a run ended.</summary>
internal enum RunEnding { Running, Done, Limit, Aborted, Error, Lost }

/// <summary>A run on the channel: what its events say, and what has become of the cell after its end. May be called from any thread.</summary>
internal abstract class ChannelRun(string testId, string? barcode, Clocks clocks)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _notes = [];
    private int _overloaded;
    private int _notNumbers;

    public string TestId { get; } = testId;

    public string? Barcode { get; } = barcode;

    public DateTimeOffset StartedUtc { get; } = clocks.Lab.GetUtcNow();

    public RunEnding Ending { get; private set; }

    public Task Ended => _ended.Task;

    /// <summary>Why it ended other than normally.</summary>
    public string? Reason { get; private set; }

    /// <summary>The bridge has read the cell back as off at the end of the run.</summary>
    public bool EndedCellOff { get; private set; }

    /// <summary>After the end: the cell is known to be off, or it is known that this is not known.</summary>
    public bool Settled { get; private set; }

    public Task WhenSettled => _settled.Task;

    /// <summary>False when the cell could not be confirmed as off.</summary>
    public bool CellIsOff { get; private set; } = true;

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

    protected IReadOnlyList<string> Notes_NeedsGate => _notes;

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
            _notes.Add($"alarm of the bridge: {alarm.Text}");
        }
    }

    public void Settle(bool cellIsOff, string? note)
    {
        lock (Gate)
        {
            if (!Settled && Ending != RunEnding.Done && Reason is not null)
            {
                _notes.Add(Ending == RunEnding.Limit ? $"a limit ended the test and the cell was switched off: {Reason}" : $"ended: {Reason}");
            }

            if (note is not null)
            {
                _notes.Add(note);
            }

            if (!Settled)
            {
                Conclude_NeedsGate();
            }

            CellIsOff = cellIsOff;
            Settled = true;
        }

        _settled.TrySetResult();
    }

    protected abstract void Take_NeedsGate(RunEventLine news);

    /// <summary>Counts what the instrument complains of; the first time is told at once.</summary>
    protected void Watch_NeedsGate(bool overload, bool isNumber)
    {
        if (overload && _overloaded++ == 0)
        {
            _notes.Add("the instrument marks readings as overloaded; they are kept");
        }

        if (!isNumber && _notNumbers++ == 0)
        {
            _notes.Add("some readings are not numbers");
        }
    }

    /// <summary>Last words when the run is over.</summary>
    protected virtual void Conclude_NeedsGate()
    {
        if (_overloaded > 1)
        {
            _notes.Add($"{_overloaded} readings were marked as overloaded");
        }

        if (_notNumbers > 1)
        {
            _notes.Add($"{_notNumbers} readings were not numbers");
        }
    }

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
