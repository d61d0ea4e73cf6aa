namespace CellLab.Core.Devices;

/// <summary>How a pass is measured.</summary>
public enum IonPlanKind
{
    /// <summary>A list of single masses, one after the other (multiple-ion detection).</summary>
    Masses,

    /// <summary>Whole masses from the first to the last.</summary>
    Histogram,

    /// <summary>Small steps from the first to the last mass.</summary>
    Analog,
}

/// <summary>What a mass spectrometer is to measure, pass after pass. Make it with one of the methods.</summary>
/// <param name="Masses">Of a list of single masses; m/z, whole numbers for instruments that know no others.</param>
/// <param name="StepsPerMass">Of an analog sweep.</param>
/// <param name="DwellSeconds">Wished time on one point; the instrument takes its nearest setting. Null leaves its configured one.</param>
/// <param name="Interval">Lab time from the start of one pass to the start of the next; zero measures without pause.</param>
public sealed record IonPlan(
    IonPlanKind Kind, IReadOnlyList<double> Masses, int First, int Last, int StepsPerMass, double? DwellSeconds, TimeSpan Interval)
{
    public static IonPlan Of(IReadOnlyList<double> masses, TimeSpan interval, double? dwellSeconds = null) =>
        new(IonPlanKind.Masses, masses, 0, 0, 1, dwellSeconds, interval);

    public static IonPlan Histogram(int first, int last, TimeSpan interval, double? dwellSeconds = null) =>
        new(IonPlanKind.Histogram, [], first, last, 1, dwellSeconds, interval);

    public static IonPlan Analog(int first, int last, int stepsPerMass, TimeSpan interval, double? dwellSeconds = null) =>
        new(IonPlanKind.Analog, [], first, last, stepsPerMass, dwellSeconds, interval);
}
