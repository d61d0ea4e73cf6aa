namespace CellLab.Drivers.MethodScript;

/// <summary>What a model can do (protocol documents and public code that cites them; README.md tells which).</summary>
/// <param name="IdentityType">Six letters of its reply to <c>t</c>; null where they are not published.</param>
/// <param name="RangesAmperes">Names of its current ranges, rising.</param>
/// <param name="MaxAmplitudeVolts">Of a spectrum, rms.</param>
internal sealed record MethodScriptModel(
    string Name, string? IdentityType, double MaxVolts, double MaxAmperes, double MaxHertz, double MaxAmplitudeVolts, IReadOnlyList<double> RangesAmperes)
{
    public static IReadOnlyList<MethodScriptModel> All { get; } =
    [
        new("EmStat4-HR", "es4_hr", 6, 0.2, 200e3, 0.9, [1e-9, 100e-9, 1e-6, 10e-6, 100e-6, 1e-3, 10e-3, 100e-3]),
        new("EmStat4-LR", "es4_lr", 3, 0.03, 200e3, 0.9, [1e-9, 10e-9, 100e-9, 1e-6, 10e-6, 100e-6, 1e-3, 10e-3]),
        new("Nexus", null, 10, 1, 1e6, 0.3, [1e-9, 10e-9, 100e-9, 1e-6, 10e-6, 100e-6, 1e-3, 10e-3, 100e-3, 1]),
    ];

    /// <summary>The smallest range that is named at least so, or the largest.</summary>
    public double RangeFor(double amperes) => RangesAmperes.FirstOrDefault(r => r >= Math.Abs(amperes) * (1 - 1e-9), RangesAmperes[^1]);
}
