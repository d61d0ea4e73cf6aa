using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Patterns;

namespace CellLab.Engine.Triggers;

/// <summary>How the end of an exposure is known.</summary>
internal enum EndOfExposure
{
    Seen,

    /// <summary>Its start and the length of the scan that the file states.</summary>
    File,

    /// <summary>Its start and the expected time.</summary>
    Expected,
    Unknown,
}

/// <summary>Start and end of one exposure, lab time.</summary>
/// <param name="ToUtc">Null where nothing tells it.</param>
internal readonly record struct PatternExposure(DateTimeOffset FromUtc, DateTimeOffset? ToUtc, EndOfExposure End)
{
    /// <summary>The earliest moment that stands for the start: seen, or the pulse, or the storing of the trigger just before it. Null before that.</summary>
    public static PatternInstant? StartOf(TriggerIntent intent) => intent.Times.BusyOn ?? intent.Times.OutAck ?? intent.Times.Out ?? intent.Times.Stored;

    /// <param name="expected">Null where nobody said.</param>
    public static PatternExposure Of(TriggerIntent intent, TimeSpan? expected, PatternFileFacts? file)
    {
        DateTimeOffset from = StartOf(intent)!.AtUtc;
        if (intent.Times.BusyOff is { } end)
        {
            return new PatternExposure(from, end.AtUtc, EndOfExposure.Seen);
        }

        EndOfExposure source = file?.ScanSeconds is not null ? EndOfExposure.File : expected is not null ? EndOfExposure.Expected : EndOfExposure.Unknown;
        DateTimeOffset? to = from + (file?.ScanSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : expected);
        return new PatternExposure(from, to is { } told && intent.Times.SeenFree is { } free && free.AtUtc < told ? free.AtUtc : to, source);
    }
}
