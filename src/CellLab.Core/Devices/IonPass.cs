namespace CellLab.Core.Devices;

/// <summary>One ion current, positive for positive ions. <paramref name="TakenAtUtc"/> is lab time in the middle of the reading.</summary>
public readonly record struct IonReading(double MassToCharge, double IonCurrentAmperes, DateTimeOffset TakenAtUtc);

/// <summary>Once through a plan. A jump of <paramref name="Number"/> is a lost pass.</summary>
/// <param name="Detector">Name of the detector and its setting, for example <c>faraday</c> or <c>multiplier 1400 V</c>: a sensitivity holds for one only.</param>
/// <param name="Setting">The instrument's own word for its integration, for example <c>NF 4</c> or <c>dwell 256 ms</c>.</param>
/// <param name="TotalPressurePascals">From the instrument's own total ion current and stored sensitivity; null where not measured.</param>
public sealed record IonPass(
    long Number, IReadOnlyList<IonReading> Ions, string Detector, string Setting, double? TotalPressurePascals);

/// <param name="Notes">What went wrong or is worth an event: one sentence each (lost passes, error bytes).</param>
public sealed record IonPoll(IReadOnlyList<IonPass> Passes, IReadOnlyList<string> Notes);
