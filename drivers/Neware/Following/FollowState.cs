namespace CellLab.Drivers.Neware.Following;

/// <summary>Where following one test stands, as it is carried in the resume token. A turn works on a copy, so that a failed turn changes
/// nothing.</summary>
internal sealed record FollowState
{
    /// <summary>Number of the last record handed on.</summary>
    public long LastRecord { get; set; }

    public int StepCount { get; set; }

    public int StepId { get; set; }

    public int CycleId { get; set; }

    /// <summary>Step time of the last record.</summary>
    public double LastStepSeconds { get; set; }

    /// <summary>Start of the running step since the start of the test, and whether it may still change.</summary>
    public double StepStartSeconds { get; set; }

    public bool Provisional { get; set; }

    /// <summary>When the test would have started by the PC's clock, given the last pause; null before the first record.</summary>
    public DateTimeOffset? StartByPcUtc { get; set; }

    /// <summary>PC clock minus ours in seconds, as applied; null until it has been measured.</summary>
    public double? OffsetSeconds { get; set; }

    /// <summary>A pause was seen: the instrument's total time is no longer trusted to measure the offset.</summary>
    public bool Paused { get; set; }

    /// <summary>A pause was seen since the last record: the next record's time re-bases the clock.</summary>
    public bool PausedSinceLastRecord { get; set; }

    /// <summary>A measured current has fitted the programmed one.</summary>
    public bool UnitsChecked { get; set; }

    /// <summary>Records were handed on without such a current: none is held back for it any more.</summary>
    public bool UnitsUndecided { get; set; }

    /// <summary>Executed steps whose final times are still to be told; the running one is the last.</summary>
    public IReadOnlyList<OpenStep> OpenSteps { get; set; } = [];

    /// <summary>Lab time and instrument cycle at the last reading of the step layer.</summary>
    public DateTimeOffset? StepLayerReadAtUtc { get; set; }

    public int StepLayerCycle { get; set; }

    /// <summary>Told once: the test is over and the BTS still uploads.</summary>
    public bool WaitingTold { get; set; }
}
