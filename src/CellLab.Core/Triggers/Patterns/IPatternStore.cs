namespace CellLab.Core.Triggers.Patterns;

/// <summary>Pattern files as they appear in the folder of one diffractometer.</summary>
public interface IPatternStore
{
    /// <summary>Names of the pattern files that are there, in order of their names; empty when the folder cannot be read.</summary>
    IReadOnlyList<string> Names();

    /// <summary>Size, checksum and what stands in the file; null while it cannot be read.</summary>
    PatternFileFacts? Inspect(string name);

    /// <summary>Writes the record beside the file. A folder that cannot be written is no failure of the pattern: false.</summary>
    bool WriteBeside(string name, string json);
}
