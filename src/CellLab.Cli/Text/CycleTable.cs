using System.Text.Json;

namespace CellLab.Cli.Text;

/// <summary>Cycle summaries as a table; capacities per gram of active material.</summary>
internal static class CycleTable
{
    public static void Write(CliEnvironment environment, JsonElement cycles) => Listing.Write(
        environment, false, cycles, "cycles",
        Column.Of("cycle", "cycle"), Column.Of("block", "block"), Column.Of("pass", "pass"), Column.Number("rate C", "rate_c", "0.###"),
        Column.Number("charge mAh/g", "charge_mah_g", "0.00"), Column.Number("discharge mAh/g", "discharge_mah_g", "0.00"),
        Column.Number("CE %", "coulombic_efficiency_percent", "0.00"), Column.Number("EE %", "energy_efficiency_percent", "0.00"),
        Column.Number("mean charge V", "mean_charge_voltage_v", "0.0000"),
        Column.Number("mean discharge V", "mean_discharge_voltage_v", "0.0000"), Column.Of("complete", "complete"));
}
