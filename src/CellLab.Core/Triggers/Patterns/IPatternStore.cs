namespace CellLab.Core.Triggers.Patterns;

/// <summary>Pattern files as they appear in the folder of one diffractometer.</summary>
public interface IPatternStore
{
    /// <summary>The pattern files that are there, in the order in which they were written; empty when the folder cannot be read.</summary>
    IReadOnlyList<PatternFileEntry> Files();

    /// <summary>Size, checksum and what stands in the file; null while it cannot be read.</summary>
    PatternFileFacts? Inspect(string name);

    /// <summary>Writes the record beside the file. A folder that cannot be written is no failure of the pattern: false.</summary>
    bool WriteBeside(string name, string json);
}

/// <param name="WrittenAtUtc">By the clock of the computer that keeps the folder; comparable within it alone.</param>
/// <param name="Bytes">As long as it is now.</param>
public sealed record PatternFileEntry(string Name, DateTimeOffset WrittenAtUtc, long Bytes);
