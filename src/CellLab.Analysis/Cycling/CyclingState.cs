using CellLab.Core.Cycles;

namespace CellLab.Analysis.Cycling;

/// <summary>Everything that the arithmetic remembers between two records. Written as JSON it comes back bit for bit, so that an analysis
/// that was ended at any record goes on as if it had not been.</summary>
public sealed class CyclingState
{
    /// <summary>Changes with the arithmetic: a state of another version is thrown away and the records are read again.</summary>
    public const string MethodVersion = "cycling-1";

    public string Method { get; set; } = MethodVersion;
    public long LastSequence { get; set; }
    /// <summary>Executed steps so far, over all segments.</summary>
    public int Steps { get; set; }
    public CycleState Count { get; set; }
    public RunningCycle Cycle { get; set; } = new() { Block = "main", Pass = 1 };
    public RunningStep? Step { get; set; }

    /// <summary>The last record of the step before, by segment and the instrument's number.</summary>
    public RecordMark? Before { get; set; }
}

public readonly record struct RecordMark(int Segment, long Number);
