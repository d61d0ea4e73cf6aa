using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.MethodScript.Session;
using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript.Running;

/// <summary>A test on the channel: what its script says, and what has become of the cell after its end.</summary>
internal abstract class ChannelRun(string testId, string? barcode, TimeSpan longestQuiet, Clocks clocks) : ScriptListener(clocks)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _notes = [];
    private int _overloaded;
    private int _notNumbers;

    public string TestId { get; } = testId;

    public string? Barcode { get; } = barcode;

    public DateTimeOffset StartedUtc { get; } = clocks.Lab.GetUtcNow();

    /// <summary>Lab time between two lines at the most.</summary>
    public TimeSpan LongestQuiet { get; } = longestQuiet;

    /// <summary>After the end: the cell is known to be off, or it is known that this is not known.</summary>
    public bool Settled { get; private set; }

    public Task WhenSettled => _settled.Task;

    /// <summary>False when the cell could not be confirmed as off.</summary>
    public bool CellIsOff { get; private set; } = true;

    public double? LastVolts { get; protected set; }

    public double? LastAmperes { get; protected set; }

    public int? LastStepId { get; protected set; }

    public bool LimitPassed { get; protected set; }

    public void Settle(bool cellIsOff, string? note)
    {
        lock (Gate)
        {
            if (!Settled && Reason is not null)
            {
                _notes.Add($"ended by {Reason}");
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

    public (ChannelState State, string Text) State => this switch
    {
        { Ending: ScriptEnding.Running } => (ChannelState.Running, "running"),
        { Settled: false } => (ChannelState.Unknown, "ending"),
        { CellIsOff: false } => (ChannelState.Unknown, "cell state unknown"),
        { Ending: ScriptEnding.Error, Error.Code: ErrorCodes.CellOverload } or { LimitPassed: true } => (ChannelState.Protected, Reason ?? "limit passed"),
        { Ending: ScriptEnding.Normal } => (ChannelState.Finished, "finished"),
        _ => (ChannelState.Stopped, Reason ?? "stopped"),
    };

    protected IReadOnlyList<string> Notes_NeedsGate => _notes;

    protected void Note_NeedsGate(string note) => _notes.Add(note);

    /// <summary>Counts what the instrument complains of; the first time is told at once.</summary>
    protected void Watch_NeedsGate(PackageLine package)
    {
        if (package.Status.HasFlag(PackageStatus.Overload) && _overloaded++ == 0)
        {
            _notes.Add("the instrument marks readings as overloaded; they are kept");
        }

        if (package.Variables.Any(v => v.Value is null) && _notNumbers++ == 0)
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
}
