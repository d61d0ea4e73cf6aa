namespace CellLab.Service.AnalysisRole;

/// <summary>When to ask the service about all jobs again: at an interval, but never so often that a thousand jobs keep the service busy with answering.</summary>
internal sealed class SurveyTurns(TimeSpan interval, TimeProvider wall)
{
    /// <summary>A survey that took a second is not repeated within ten.</summary>
    private const int RestPerWork = 10;

    private long? endedAt;
    private TimeSpan spent;

    public bool IsDue => endedAt is not { } ended || wall.GetElapsedTime(ended) >= Rest;

    private TimeSpan Rest => spent * RestPerWork > interval ? spent * RestPerWork : interval;

    public async Task RunAsync(Func<Task> survey)
    {
        long began = wall.GetTimestamp();
        await survey();
        endedAt = wall.GetTimestamp();
        spent = wall.GetElapsedTime(began);
    }
}
