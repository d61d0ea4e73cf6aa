using System.Text.Json.Serialization;
using CellLab.Core.Samples;

namespace CellLab.Service.Rest.Samples;

internal sealed record SampleList(IReadOnlyList<SampleBody> Samples);

/// <summary>One version of a sample; <paramref name="OneCAmperes"/> is the current of 1C in A.</summary>
internal record SampleBody(
    string Name, int Version, double? ElectrodeMassMg, double? FoilMassMg, double? ActiveFraction, double ActiveMassMg, double? DiameterMm,
    double NominalCapacityMahG, [property: JsonPropertyName("one_c_a")] double OneCAmperes, string Holder, double OcvLowV, double OcvHighV, string Leading, string? Group,
    DateTimeOffset RecordedUtc, string RecordedBy, string? Reason, string? AcceptedCapacityReason, string? Material, string? Formula)
{
    public static SampleBody Of(Sample sample) => new(
        sample.Name, sample.Version, sample.ElectrodeMassMilligrams, sample.FoilMassMilligrams, sample.ActiveFraction, sample.ActiveMassMilligrams,
        sample.DiameterMillimetres, sample.NominalCapacityMilliampereHoursPerGram, sample.Base.OneCAmperes, sample.Holder, sample.OcvLowVolts,
        sample.OcvHighVolts, sample.Leading.ToString().ToLowerInvariant(), sample.Group, sample.RecordedAtUtc, sample.RecordedBy,
        sample.Reason.Length == 0 ? null : sample.Reason, sample.AcceptedCapacityReason, sample.Material, sample.Formula);
}

/// <summary>The newest version, and all of them, oldest first.</summary>
internal sealed record SampleDetails(SampleBody Newest, IReadOnlyList<SampleBody> Versions) : SampleBody(Newest)
{
    [JsonIgnore]
    public SampleBody Newest { get; init; } = Newest;

    public static SampleDetails Of(IReadOnlyList<Sample> versions) => new(SampleBody.Of(versions[^1]), [.. versions.Select(SampleBody.Of)]);
}
