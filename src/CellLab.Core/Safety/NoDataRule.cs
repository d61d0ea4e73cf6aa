namespace CellLab.Core.Safety;

/// <summary>How long an instrument-run test may be silent before somebody is told: 60 s, three polls or three record intervals,
/// whichever is longest (lab time).</summary>
public static class NoDataRule
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(60);

    public static TimeSpan LongestSilence(TimeSpan pollInterval, double recordIntervalSeconds)
    {
        TimeSpan polls = 3 * pollInterval;
        TimeSpan records = TimeSpan.FromSeconds(3 * recordIntervalSeconds);
        TimeSpan longer = polls > records ? polls : records;
        return longer > Shortest ? longer : Shortest;
    }
}
