namespace CellLab.HardwareSim.MethodScript.Electronics;

/// <summary>A measuring range: its index in packages and its name in amperes.</summary>
internal readonly record struct CurrentRange(int Index, double Amperes);

/// <summary>What tells the simulated models apart (maker's protocol documents; limits from public code that cites them).</summary>
/// <param name="Identity">The reply to <c>t</c> behind its letter.</param>
/// <param name="GalvanostatRangeOffset">Added to range indices in galvanostat mode.</param>
internal sealed record InstrumentModel(
    string Name,
    string Identity,
    double MaxVolts,
    double MaxAmperes,
    double MaxHertz,
    double MaxAmplitudeVolts,
    int PotentialRange,
    int GalvanostatRangeOffset,
    IReadOnlyList<CurrentRange> Ranges)
{
    private static readonly CurrentRange[] s_emStat4 =
        [new(3, 1e-9), new(9, 100e-9), new(12, 1e-6), new(15, 10e-6), new(18, 100e-6), new(21, 1e-3), new(24, 10e-3), new(27, 100e-3)];

    private static readonly CurrentRange[] s_nexus =
        [new(0, 1e-9), new(1, 10e-9), new(2, 100e-9), new(3, 1e-6), new(4, 10e-6), new(5, 100e-6), new(8, 1e-3), new(9, 10e-3), new(10, 100e-3), new(11, 1)];

    public static IReadOnlyList<InstrumentModel> All { get; } =
    [
        new("EmStat4-HR", "es4_hr1100#Jan 28 2022 11:04:43", 6, 0.2, 200e3, 0.9, 6, 0, s_emStat4),
        new("EmStat4-LR", "es4_lr1100#Jan 28 2022 11:04:43", 3, 0.03, 200e3, 0.9, 6, 0, s_emStat4[..^1]),
        new("Nexus", "nexus_1000#Jan 01 2024 00:00:00", 10, 1, 1e6, 0.3, 0, 32, s_nexus), // its six letters are not published: assumed
    ];
}
