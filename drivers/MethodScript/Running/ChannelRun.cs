using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog.Runs;
using CellLab.Drivers.MethodScript.Session;
using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript.Running;

/// <summary>A test on the channel: what its script says, and what has become of the cell after its end.</summary>
internal abstract class ChannelRun(string testId, string? barcode, TimeSpan longestQuiet, Clocks clocks) : ScriptListener(clocks), ICellRun
{
    private readonly CellFate _fate = new();

    public string TestId { get; } = testId;

    public string? Barcode { get; } = barcode;

    public DateTimeOffset StartedUtc { get; } = clocks.Lab.GetUtcNow();

    /// <summary>Lab time between two lines at the most.</summary>
    public TimeSpan LongestQuiet { get; } = longestQuiet;

    /// <summary>What a script runs at its end has switched it off.</summary>
    public bool EndedCellOff => Ending is ScriptEnding.Normal or ScriptEnding.Aborted;

    public bool IsLost => Ending == ScriptEnding.Lost;

    public string EndedBy => Reason ?? Ending.ToString();

    public bool Settled => _fate.IsSettled;

    public Task WhenSettled => _fate.WhenSettled;

    public bool CellIsOff => _fate.IsOff;

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
                Notes.Add($"ended by {Reason}");
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

    public (ChannelState State, string Text) State => this switch
    {
        { Ending: ScriptEnding.Running } => (ChannelState.Running, "running"),
        { Settled: false } => (ChannelState.Unknown, "ending"),
        { CellIsOff: false } => (ChannelState.Unknown, "cell state unknown"),
        { Ending: ScriptEnding.Error, Error.Code: ErrorCodes.CellOverload } or { LimitPassed: true } => (ChannelState.Protected, Reason ?? "limit passed"),
        { Ending: ScriptEnding.Normal } => (ChannelState.Finished, "finished"),
        _ => (ChannelState.Stopped, Reason ?? "stopped"),
    };

    /// <summary>Within the gate.</summary>
    protected RunNotes Notes { get; } = new();

    protected void Watch_NeedsGate(PackageLine package) =>
        Notes.Watch(package.Status.HasFlag(PackageStatus.Overload), package.Variables.All(variable => variable.Value is not null));

    /// <summary>Last words when the run is over.</summary>
    protected virtual void Conclude_NeedsGate() => Notes.Conclude();
}
