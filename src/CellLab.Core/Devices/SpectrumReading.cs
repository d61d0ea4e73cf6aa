namespace CellLab.Core.Devices;

public enum SpectrumOutcome
{
    Running,

    /// <summary>All points are here.</summary>
    Complete,

    /// <summary>It ended before: stopped, refused by the instrument, connection lost; the notes say why.</summary>
    EndedEarly,
}

/// <summary>One point of a spectrum. Real and imaginary part (negative for a capacitor), ohm, are null where the instrument gave no number.</summary>
/// <param name="Number">From 1, in the order of measurement.</param>
/// <param name="TakenAtUtc">Lab time, when it arrived.</param>
/// <param name="Overloaded">The instrument marks it as beyond its range.</param>
public sealed record SpectrumPoint(int Number, DateTimeOffset TakenAtUtc, double Hertz, double? RealOhms, double? ImaginaryOhms, bool Overloaded);

/// <summary>News of a spectrum and the conditions it was taken under.</summary>
/// <param name="OpenCircuitVolts">Measured before the excitation; null until then.</param>
public sealed record SpectrumReading(
    SpectrumPlan Plan, DateTimeOffset StartedAtUtc, double? OpenCircuitVolts, IReadOnlyList<SpectrumPoint> Points, SpectrumOutcome Outcome,
    IReadOnlyList<string> Notes);
