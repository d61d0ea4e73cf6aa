namespace CellLab.Service.Notifying;

/// <summary>How often a target is tried (wall time).</summary>
internal sealed record NotifyTimings
{
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often all alarms are gone through.</summary>
    public TimeSpan Survey { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait for one receiver.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between the three quick tries of one attempt, the first time; doubled the second.</summary>
    public TimeSpan QuickRetry { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan WaitAfter(int attempts)
    {
        double factor = Math.Pow(2, Math.Min(attempts - 1, 16));
        return FirstWait * factor < LongestWait ? FirstWait * factor : LongestWait;
    }
}
