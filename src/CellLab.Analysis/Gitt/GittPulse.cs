namespace CellLab.Analysis.Gitt;

/// <summary>One galvanostatic pulse between two rests: times in s since the current was switched on.</summary>
/// <param name="RestVoltsBefore">E1, last potential of the rest before.</param>
/// <param name="RestVoltsAfter">E4, last potential of the rest after.</param>
/// <param name="RestDriftVoltsPerHour">Slope at the end of the rest after; null with too few records.</param>
/// <param name="Points">Records of the pulse.</param>
public sealed record GittPulse(
    double StartSeconds, double DurationSeconds, double Amperes, double RestVoltsBefore, double RestVoltsAfter, double? RestDriftVoltsPerHour,
    IReadOnlyList<(double Seconds, double Volts)> Points)
{
    private const double LongestSeconds = 7200;
    private const double SmallestRestShare = 0.5;

    /// <summary>Of the rest after.</summary>
    public required double RestSeconds { get; init; }

    /// <summary>Longer than two hours: a charge or discharge of ordinary cycling rather than a pulse.</summary>
    public bool IsLong => DurationSeconds > LongestSeconds;

    /// <summary>The rest after is shorter than half the pulse.</summary>
    public bool RestIsShort => RestSeconds < SmallestRestShare * DurationSeconds;
}
