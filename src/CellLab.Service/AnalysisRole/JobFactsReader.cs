using System.Collections.ObjectModel;
using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Samples;
using CellLab.Core.Units;

namespace CellLab.Service.AnalysisRole;

/// <summary>Reads a job of <c>GET /api/v1/jobs</c>; pure. Members that are not needed here are passed over.</summary>
internal static class JobFactsReader
{
    /// <summary>The longest interval of the default record rule, for a service that does not tell its own.</summary>
    private const double DefaultRecordIntervalSeconds = 30;

    /// <exception cref="JobSourceException">A member is missing or holds something else.</exception>
    public static JobFacts Read(JsonElement job)
    {
        string id = "?";
        try
        {
            id = job.GetProperty("job").GetString() ?? throw new FormatException("'job' is null");
            CRateBase inForce = ReadBase(job.GetProperty("sample"));
            return new JobFacts(
                new JobId(id),
                Enum.Parse<JobState>(job.GetProperty("state").GetString() ?? ""),
                Optional(job, "verdict")?.GetString(),
                Optional(job, "c_rate_base") is { } submitted ? ReadBase(submitted) : inForce,
                inForce,
                ReadLeading(job),
                Optional(job, "record_interval_s")?.GetDouble() ?? DefaultRecordIntervalSeconds,
                Optional(job, "counts") is { } counts ? Optional(counts, "stored")?.GetInt64() : null)
            {
                StreamsStored = ReadStreams(job),
                SampleVersion = Optional(job.GetProperty("sample"), "version")?.GetInt32(),
                DiameterMillimetres = Optional(job.GetProperty("sample"), "diameter_mm")?.GetDouble(),
            };
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new JobSourceException($"job {id} as the service tells it cannot be read: {error.Message}", error);
        }
    }

    private static IReadOnlyDictionary<string, long> ReadStreams(JsonElement job) =>
        Optional(job, "stream_counts") is { } streams && streams.EnumerateObject().Any()
            ? streams.EnumerateObject().ToDictionary(stream => stream.Name, stream => stream.Value.GetProperty("stored").GetInt64(), StringComparer.Ordinal)
            : ReadOnlyDictionary<string, long>.Empty;

    private static CRateBase ReadBase(JsonElement figures) =>
        new(figures.GetProperty("nominal_capacity_mah_g").GetDouble(), figures.GetProperty("active_mass_mg").GetDouble());

    private static LeadingDirection ReadLeading(JsonElement job) =>
        Optional(job.GetProperty("sample"), "leading")?.GetString() is { } leading
            ? Enum.Parse<LeadingDirection>(leading, ignoreCase: true)
            : LeadingDirection.Charge;

    private static JsonElement? Optional(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
