namespace CellLab.Core.Devices;

/// <summary>A diffractometer whose files can be reached from here.</summary>
public interface IPatternFolder
{
    /// <summary>Absolute path; null when it is not known.</summary>
    string? PatternFolder { get; }
}
