using System.Text.Json;
using System.Text.Json.Serialization;
using CellLab.Analysis.Diffraction;
using CellLab.Core.Records;
using CellLab.Core.Triggers.Patterns;
using CellLab.Service.Offline.Analyze;
using CellLab.Service.Offline.Foreign;
using CellLab.Service.Offline.Foreign.Patterns;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.AnalysisRole.Companions;

/// <summary>Fits the reflections of each pattern and sets them against the state of the cell; spacings are of positions less the diffractometer's displacement offset. A file that has changed since its record was written is not used.</summary>
internal sealed class XrdAnalyst : CompanionAnalyst
{
    public const string Kind = "xrd";

    /// <summary>The parts have versions of their own, which stand in it.</summary>
    public const string MethodVersion = $"xrd-2 {PeakFit.MethodVersion}";

    /// <summary>Words as in the record of the pattern.</summary>
    private static readonly JsonSerializerOptions s_json = new(AnalyzeResult.Json) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    public static CompanionAnalysis Analysis { get; } = new(MethodVersion, [Streams.Diffraction], _ => new XrdAnalyst());

    public override void Add(CompanionRow row)
    {
        var pattern = (PatternBody)row.Body;
        var log = new FindingLog();
        var result = new XrdResult(
            row.Sequence, pattern.TriggerId, pattern.File?.Name, pattern.File?.Sha256, pattern.Mean, pattern.Start, pattern.End, pattern.Flags, Section(pattern, log),
            [.. log.ToList().Select(FindingEntry.Of)], MethodVersion);
        Keep(Kind, (int)row.Sequence, JsonSerializer.Serialize(result, s_json));
    }

    private static XrdSection? Section(PatternBody pattern, FindingLog log)
    {
        if (pattern.File is not { Path: { } path } file)
        {
            log.Warning("no_file", null, null, "the record names no file");
            return null;
        }

        try
        {
            string found = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
            if (found != file.Sha256)
            {
                log.Warning("file_changed", null, null, $"{path}: its checksum is not the one that was recorded; the file is not used");
                return null;
            }

            XrdInput input = XrdInput.Default with
            {
                WavelengthAngstrom = file.KAlpha1Angstrom ?? Lattice.CopperAngstrom,
                OffsetDegrees = pattern.DisplacementOffsetDegrees ?? 0,
            };
            return PatternFile.TryOpen(TextSource.Open(path), log) is { } read ? XrdSectionBuilder.Build(read, input, log) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ForeignFileException)
        {
            log.Warning("file_unreadable", null, null, error.Message);
            return null;
        }
    }
}

/// <summary>What the analysis says of one pattern: the section <c>xrd</c> of <c>celllab analyze</c>, by the same code, and the state it belongs to.</summary>
/// <param name="Pattern">Running number of the pattern in the job.</param>
/// <param name="Xrd">Null without a readable file.</param>
internal sealed record XrdResult(
    [property: JsonPropertyName("pattern")] long Pattern,
    [property: JsonPropertyName("trigger_id")] string TriggerId,
    [property: JsonPropertyName("file")] string? File,
    [property: JsonPropertyName("sha256")] string? Sha256,
    [property: JsonPropertyName("mean")] PatternMean? Mean,
    [property: JsonPropertyName("start")] PatternState? Start,
    [property: JsonPropertyName("end")] PatternState? End,
    [property: JsonPropertyName("flags")] IReadOnlyList<string> Flags,
    [property: JsonPropertyName("xrd")] XrdSection? Xrd,
    [property: JsonPropertyName("findings")] IReadOnlyList<FindingEntry> Findings,
    [property: JsonPropertyName("method")] string Method);
