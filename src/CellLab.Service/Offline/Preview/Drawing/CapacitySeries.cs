namespace CellLab.Service.Offline.Preview.Drawing;

/// <summary>Capacities cycle by cycle, per gram where the mass is known.</summary>
public sealed record CapacitySeries(string Unit, IReadOnlyList<(int Cycle, double Value)> Charge, IReadOnlyList<(int Cycle, double Value)> Discharge)
{
    public static CapacitySeries Of(IReadOnlyList<PreviewedCycle> cycles)
    {
        bool perGram = cycles.Any(cycle => (cycle.ChargeMahG ?? cycle.DischargeMahG) is not null);
        return new CapacitySeries(
            perGram ? "mAh/g" : "mAh",
            Values(cycles, cycle => perGram ? cycle.ChargeMahG : cycle.ChargeMah),
            Values(cycles, cycle => perGram ? cycle.DischargeMahG : cycle.DischargeMah));
    }

    private static List<(int Cycle, double Value)> Values(IReadOnlyList<PreviewedCycle> cycles, Func<PreviewedCycle, double?> value) =>
        [.. cycles.Where(cycle => value(cycle) is not null).Select(cycle => (cycle.Cycle, value(cycle)!.Value))];
}
