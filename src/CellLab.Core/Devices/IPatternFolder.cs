namespace CellLab.Core.Devices;

/// <summary>A diffractometer whose files can be reached from here.</summary>
public interface IPatternFolder
{
    /// <summary>Absolute path; null when it is not known.</summary>
    string? PatternFolder { get; }

    /// <summary>What the height of the sample adds to every angle, degrees 2theta, as the user measured it; null when nobody told.</summary>
    double? DisplacementOffsetDegrees { get; }
}
