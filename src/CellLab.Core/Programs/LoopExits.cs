using System.Globalization;

namespace CellLab.Core.Programs;

/// <summary>When a loop is left before its passes are done; the first condition met counts. Judged whenever a pass ends (<see cref="ProgramWatch"/>).
/// A voltage counts when it was reached under load within that pass (GITT). A capacity is the discharge of the newest cycle that has one, as a share of
/// that of cycle <see cref="OfCycle"/>; cycles are electrochemical and counted from the beginning of the whole program.</summary>
public sealed record LoopExits
{
    public double? VoltageAboveVolts { get; init; }

    public double? VoltageBelowVolts { get; init; }

    /// <summary>0.8: below 80 %.</summary>
    public double? CapacityFraction { get; init; }

    public int OfCycle { get; init; }

    /// <summary>Number of the loop step that is left altogether: a loop round this one, where inserts have divided a repeat; 0 for the loop itself.</summary>
    public int Leaves { get; init; }

    internal bool WatchesVoltage => VoltageAboveVolts is not null || VoltageBelowVolts is not null;

    /// <summary>The conditions as a protocol writes them.</summary>
    public override string ToString() => string.Join(" or ", new[]
    {
        VoltageAboveVolts is { } above ? Text($"voltage > {above:0.####} V") : null,
        VoltageBelowVolts is { } below ? Text($"voltage < {below:0.####} V") : null,
        CapacityFraction is { } share ? Text($"capacity < {share * 100:0.###} % of cycle {OfCycle}") : null,
    }.OfType<string>());

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
