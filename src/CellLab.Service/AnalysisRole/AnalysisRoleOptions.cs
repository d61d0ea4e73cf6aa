using CellLab.Service.Options;

namespace CellLab.Service.AnalysisRole;

/// <summary>Where the analysis listens, asks and writes.</summary>
public sealed record AnalysisRoleOptions
{
    public required string Site { get; init; }

    /// <summary>The acquisition service (<c>http.url</c>): holes in the stream of messages are filled from it.</summary>
    public required Uri ServiceUrl { get; init; }

    /// <summary>The service's own certificate, which alone is believed then; null where the system is to judge it, or there is none.</summary>
    public CertificateEntry? Certificate { get; init; }

    /// <summary>What lets this process in where a login is asked for.</summary>
    public string? Key { get; init; }

    /// <summary>Holds <c>analysis.db</c>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Results are stored at least this often (wall time); a closed cycle at once.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How often the service is asked whether a job is further than the messages told (wall time).</summary>
    public TimeSpan SurveyInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often it is asked for all jobs: samples of long ended ones may have been amended (wall time).</summary>
    public TimeSpan FullSurveyInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>After a failure of store, service or broker (wall time).</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After a broker came back without its memory: how long subscribers get to subscribe again (wall time).</summary>
    public TimeSpan SubscriberGrace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Cycles sent this long before such a loss are sent once more (wall time).</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for one answer of the service (wall time).</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Messages that wait for the arithmetic; what comes beyond is dropped and read over REST later.</summary>
    public int WaitingRuns { get; init; } = 1024;

    /// <summary>Rows asked for in one request.</summary>
    public int PageRows { get; init; } = 5000;

    /// <summary>Counts what is done.</summary>
    public AnalysisMeter Meter { get; init; } = new();
}
