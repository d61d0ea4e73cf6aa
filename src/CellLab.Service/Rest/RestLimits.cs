namespace CellLab.Service.Rest;

/// <summary>Bounds of what one request may carry or fetch.</summary>
internal static class RestLimits
{
    /// <summary>Room for the largest protocols: the service keeps them byte for byte.</summary>
    public const int MaxBodyBytes = 2 * 1024 * 1024;

    public const int DefaultRecords = 1000;

    public const int MaxRecords = 10_000;

    public const int MaxEvents = 1000;

    /// <summary>Findings of a job's records that are told.</summary>
    public const int MaxFindings = 500;

    /// <summary>Ended jobs that a listing shows unless all are asked for.</summary>
    public const int EndedJobsListed = 50;

    public const int MaxNameLength = 64;

    public const int MaxReasonLength = 500;

    public const int MaxNoteLength = 10_000;
}
