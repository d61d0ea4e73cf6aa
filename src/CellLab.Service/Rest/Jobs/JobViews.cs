using System.Text.Json.Serialization;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;

namespace CellLab.Service.Rest.Jobs;

/// <summary>A job in a listing. <paramref name="Sample"/> holds the figures in force now; the base that its C-rates were made with at submit
/// is <paramref name="CRateBase"/>.</summary>
/// <param name="StreamCounts">Of the instruments beside the cycler that have given rows, by stream.</param>
internal record JobSummary(
    string Job,
    JobState State,
    string? Verdict,
    SampleFigures Sample,
    string Pipeline,
    CountsView Counts,
    string StateReason,
    string ProtocolName,
    CRateBaseView CRateBase,
    double RecordIntervalS,
    string SubmittedBy,
    DateTimeOffset SubmittedUtc,
    DateTimeOffset? StartedUtc,
    DateTimeOffset? EndedUtc,
    DateTimeOffset? NotBeforeUtc,
    string? QueuedBehind,
    ProgressView? Progress,
    IReadOnlyDictionary<string, CountsView> StreamCounts,
    ArchivedView? Archived);

/// <summary>The job's records lie in <paramref name="Folder"/> and not in the store.</summary>
internal sealed record ArchivedView(string Folder, DateTimeOffset AtUtc, string By);

/// <summary>A job with everything that a program may want to wait for or compare.</summary>
internal sealed record JobView(JobSummary Summary) : JobSummary(Summary)
{
    [JsonIgnore]
    public JobSummary Summary { get; init; } = Summary;

    /// <summary>The instrument's own name of the newest test.</summary>
    [JsonPropertyOrder(1)]
    public required string? DeviceTestId { get; init; }

    /// <summary>Start commands given: one a segment unless something went wrong.</summary>
    [JsonPropertyOrder(1)]
    public required int StartCount { get; init; }

    [JsonPropertyOrder(1)]
    public required IReadOnlyList<SegmentView> Segments { get; init; }

    /// <summary>Clocks of the instruments against lab time: as measured last while the job runs, the last that were written down afterwards.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<ClockNote> Clocks { get; init; }
}

internal sealed record SampleFigures(string Name, double ActiveMassMg, double NominalCapacityMahG, string Leading, int Version, double? DiameterMm = null);

/// <summary><paramref name="OneCAmperes"/> is the current of 1C.</summary>
internal sealed record CRateBaseView(double NominalCapacityMahG, double ActiveMassMg, [property: JsonPropertyName("one_c_a")] double OneCAmperes);

/// <summary>Rows of one stream of the job, the cycler's unless another is named: taken from the instrument, durable, acknowledged by the broker, seen by the analysis. Null where nobody
/// has counted (no analysis yet).</summary>
internal sealed record CountsView(long Acquired, long Stored, long Published, long? Analysed);

/// <summary><paramref name="Stage"/> is the kind of step where another instrument or a person did it; null for the cycler.</summary>
internal sealed record SegmentView(
    int Index, string Channel, string Barcode, string DeviceTestId, DateTimeOffset StartedUtc, DateTimeOffset? ConfirmedUtc,
    DateTimeOffset? EndedUtc, long LastSeq, string? Stage);

/// <summary>Where a running job stands; times in s of lab time.</summary>
internal sealed record ProgressView(
    long Acquired, int Cycle, string Block, int Pass, int StepCount, int StepId, double TestTimeS, double VoltageV, double CurrentA,
    DateTimeOffset LastRecordUtc, double LabSpeed);
