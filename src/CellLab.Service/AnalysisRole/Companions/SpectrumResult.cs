using System.Text.Json;
using System.Text.Json.Serialization;
using CellLab.Analysis.Impedance;
using CellLab.Core.Records;
using CellLab.Service.Offline.Analyze;
using CellLab.Service.Offline.Foreign;

namespace CellLab.Service.AnalysisRole.Companions;

/// <summary>What the analysis says of one spectrum: the section <c>eis</c> of <c>celllab analyze</c>, by the same code, and what it was made of.</summary>
/// <param name="Points">Measured; <paramref name="LeftOut"/> of them had no number or were beyond the instrument's range.</param>
/// <param name="Complete">All planned points are there; null where nobody said how many.</param>
/// <param name="TestTimeS">Of the first point, since the job's first segment began.</param>
/// <param name="Eis">Null with too few points.</param>
internal sealed record SpectrumResult(
    [property: JsonPropertyName("spectrum")] int Spectrum,
    [property: JsonPropertyName("label")] string Label,
    [property: JsonPropertyName("points")] int Points,
    [property: JsonPropertyName("points_planned")] int? PointsPlanned,
    [property: JsonPropertyName("left_out")] int LeftOut,
    [property: JsonPropertyName("complete")] bool? Complete,
    [property: JsonPropertyName("first_row")] long FirstRow,
    [property: JsonPropertyName("last_row")] long LastRow,
    [property: JsonPropertyName("test_time_s")] double? TestTimeS,
    [property: JsonPropertyName("ocv_v")] double? OpenCircuitVolts,
    [property: JsonPropertyName("eis")] EisSection? Eis,
    [property: JsonPropertyName("findings")] IReadOnlyList<FindingEntry> Findings)
{
    /// <summary>The parts have versions of their own, which stand in it.</summary>
    public const string MethodVersion = $"eis-1 {LinKk.MethodVersion} {CircuitFit.MethodVersion} {Warburg.MethodVersion}";

    [JsonPropertyName("method")]
    public string Method { get; } = MethodVersion;

    /// <param name="rows">Of one spectrum, in order, at least one.</param>
    /// <param name="areaCm2">Of the electrode; the diffusion coefficient goes with its inverse square.</param>
    public static SpectrumResult Of(IReadOnlyList<CompanionRow> rows, double areaCm2 = PaperCell.AreaCm2)
    {
        ImpedanceBody[] points = [.. rows.Select(row => (ImpedanceBody)row.Body)];
        (double Hertz, double Real, double Imaginary)[] good =
        [
            .. points.Where(point => !point.Overloaded && point.RealOhms is not null && point.ImaginaryOhms is not null)
                .Select(point => (point.FrequencyHertz, point.RealOhms!.Value, point.ImaginaryOhms!.Value)),
        ];
        var log = new FindingLog();
        EisSection? section = EisSectionBuilder.Build(good, new EisInput { AreaCm2 = areaCm2 }, log);
        return new SpectrumResult(
            points[0].Spectrum, points[0].Label, points.Length, points[^1].PointsPlanned, points.Length - good.Length,
            points[^1].PointsPlanned is { } planned ? points.Length == planned : null,
            rows[0].Sequence, rows[^1].Sequence, rows[0].TestTimeSeconds, points[^1].OpenCircuitVolts, section, [.. log.ToList().Select(FindingEntry.Of)]);
    }

    public string ToJson() => JsonSerializer.Serialize(this, AnalyzeResult.Json);
}
