namespace CellLab.Core.Triggers.Patterns;

/// <summary>One moment on two clocks.</summary>
/// <param name="AtUtc">Lab time.</param>
/// <param name="MonotonicS">The service's monotonic seconds; comparable within one run of the service.</param>
public sealed record PatternInstant(DateTimeOffset AtUtc, double MonotonicS);

/// <summary>The times of one pattern; null for what has not happened or nobody saw.</summary>
/// <param name="Condition">When the condition became true, by the cycler's clock, between two records.</param>
/// <param name="Sample">When the record that showed it reached the service.</param>
/// <param name="Out">Just before the output was written.</param>
/// <param name="OutAck">After its answer.</param>
/// <param name="Stored">When the trigger was stored, just before its pulse; stands for the pulse when the service ended in it.</param>
/// <param name="SeenFree">When nobody had seen the exposure end: the first look that showed it over. It ended before this.</param>
public sealed record PatternTimes(
    PatternInstant? Condition = null,
    PatternInstant? Sample = null,
    PatternInstant? Out = null,
    PatternInstant? OutAck = null,
    PatternInstant? BusyOn = null,
    PatternInstant? BusyOff = null,
    PatternInstant? File = null,
    PatternInstant? Stored = null,
    PatternInstant? SeenFree = null)
{
    /// <summary>The seconds between the condition and the pulse.</summary>
    public double? LatencySeconds => Condition is { } from && Out is { } to ? (to.AtUtc - from.AtUtc).TotalSeconds : null;
}
