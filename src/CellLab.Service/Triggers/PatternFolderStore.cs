using System.Security.Cryptography;
using CellLab.Core.Triggers.Patterns;
using CellLab.Service.Offline.Foreign;
using CellLab.Service.Offline.Foreign.Patterns;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Triggers;

/// <summary>Pattern files in a folder that this computer sees.</summary>
internal sealed class PatternFolderStore(string folder) : IPatternStore
{
    private const string BesideSuffix = ".celllab.json";

    /// <summary>Aluminium 220 with copper K-alpha 1: the line of the current collector that does not move with the cell.</summary>
    private const double AluminiumFrom = 64.3;
    private const double AluminiumTo = 66.0;
    private const double CopperKAlpha1Angstrom = 1.540593;
    private const double CopperKAlpha2Angstrom = 1.544427;

    private static readonly string[] s_extensions = [".xy", ".xye", ".xrdml", ".ras", ".rasx"];

    public static IPatternStore? Of(string? folder) => folder is null ? null : new PatternFolderStore(folder);

    public IReadOnlyList<PatternFileEntry> Files()
    {
        try
        {
            return
            [
                .. new DirectoryInfo(folder).EnumerateFiles().Where(file => s_extensions.Contains(file.Extension.ToLowerInvariant()))
                    .Select(file => new PatternFileEntry(file.Name, file.LastWriteTimeUtc, file.Length))
                    .OrderBy(file => file.WrittenAtUtc).ThenBy(file => file.Name, StringComparer.Ordinal),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // the share is away: the record says that no file was found
        }
    }

    public PatternFileFacts? Inspect(string name)
    {
        string path = Path.Combine(folder, name);
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            PatternFile? pattern = Read(path);
            (double? from, double? to) = (pattern?.Degrees[0], pattern?.Degrees[^1]);
            bool copper = pattern?.KAlpha1Angstrom is not { } stated || Math.Abs(stated - CopperKAlpha1Angstrom) < 1e-4;
            return new PatternFileFacts(
                name, path, bytes.LongLength, Convert.ToHexStringLower(SHA256.HashData(bytes)), pattern?.KAlpha1Angstrom,
                pattern?.KAlpha1Angstrom is not null && copper ? CopperKAlpha2Angstrom : null,
                from, to, pattern is { Degrees.Count: > 1 } ? (to - from) / (pattern.Degrees.Count - 1) : null, pattern is null || !copper ? null : Reference(pattern), pattern?.ScanSeconds);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // still being written
        }
    }

    public bool WriteBeside(string name, string json)
    {
        try
        {
            File.WriteAllText(Path.Combine(folder, name + BesideSuffix), json);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Null for a format that is not read; size and checksum stand all the same.</summary>
    private static PatternFile? Read(string path)
    {
        try
        {
            return PatternFile.TryOpen(TextSource.Open(path), new FindingLog());
        }
        catch (ForeignFileException)
        {
            return null;
        }
    }

    private static double? Reference(PatternFile pattern)
    {
        int[] inside = [.. Enumerable.Range(0, pattern.Degrees.Count).Where(point => pattern.Degrees[point] is >= AluminiumFrom and <= AluminiumTo)];
        return inside.Length < 8 ? null
            : Analysis.Diffraction.PeakFit.Fit([.. inside.Select(point => pattern.Degrees[point])], [.. inside.Select(point => pattern.Counts[point])])?.Position;
    }
}
