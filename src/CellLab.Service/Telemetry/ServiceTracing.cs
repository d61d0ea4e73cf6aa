using System.Diagnostics;

namespace CellLab.Service.Telemetry;

/// <summary>Traces of the service itself. Costs nothing while nobody listens to <see cref="SourceName"/>.</summary>
internal static class ServiceTracing
{
    public const string SourceName = "CellLab.Service";

    public const string Commit = "journal commit";
    public const string Publish = "mqtt publish";

    /// <summary>On a commit that was slow or failed: it is never left out.</summary>
    public const string Notable = "celllab.notable";

    private static readonly TimeSpan SlowCommit = TimeSpan.FromMilliseconds(100);

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>A commit that is over, written down afterwards: only then is it known whether it is worth telling.</summary>
    public static void Committed(DateTimeOffset began, TimeSpan took, int rows, string? failure)
    {
        if (!Source.HasListeners())
        {
            return;
        }

        var tags = new ActivityTagsCollection { ["celllab.rows"] = rows };
        if (failure is not null || took >= SlowCommit)
        {
            tags[Notable] = true;
        }

        using Activity? span = Source.StartActivity(Commit, ActivityKind.Internal, Activity.Current?.Context ?? default, tags, startTime: began);
        span?.SetEndTime((began + took).UtcDateTime);
        if (failure is not null)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure);
        }
    }
}
