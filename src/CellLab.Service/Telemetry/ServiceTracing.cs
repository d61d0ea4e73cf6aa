using System.Diagnostics;

namespace CellLab.Service.Telemetry;

/// <summary>Traces of the service itself. Costs nothing while nobody listens to <see cref="SourceName"/>.</summary>
internal static class ServiceTracing
{
    public const string SourceName = "CellLab.Service";

    public const string Commit = "journal commit";
    public const string Publish = "mqtt publish";

    public const string AnalysisRecords = "analysis records";
    public const string AnalysisSurvey = "analysis survey";

    /// <summary>On what was slow or failed: it is never left out.</summary>
    public const string Notable = "celllab.notable";

    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>A commit that is over, written down afterwards: only then is it known whether it is worth telling.</summary>
    public static void Committed(DateTimeOffset began, TimeSpan took, int rows, string? failure) =>
        Done(Commit, began, took, new ActivityTagsCollection { ["celllab.rows"] = rows }, failure);

    /// <summary>Work that comes often and is over; what was slow or failed is notable.</summary>
    public static void Done(string name, DateTimeOffset began, TimeSpan took, ActivityTagsCollection tags, string? failure)
    {
        if (!Source.HasListeners())
        {
            return;
        }

        if (failure is not null || took >= Slow)
        {
            tags[Notable] = true;
        }

        using Activity? span = Source.StartActivity(name, ActivityKind.Internal, Activity.Current?.Context ?? default, tags, startTime: began);
        span?.SetEndTime((began + took).UtcDateTime);
        if (failure is not null)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure);
        }
    }
}
