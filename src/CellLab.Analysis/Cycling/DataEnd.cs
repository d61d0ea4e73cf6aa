namespace CellLab.Analysis.Cycling;

/// <summary>How the analysed data ends.</summary>
public enum DataEnd
{
    /// <summary>More records may come: the open cycle is not complete.</summary>
    StillRunning,

    /// <summary>The program ran to its end: a last cycle with both halves is complete.</summary>
    AsProgrammed,

    /// <summary>Stopped, failed or cut off: the last cycle stays incomplete, since its last half may be cut short.</summary>
    Early,
}
