namespace CellLab.Storage.Export;

/// <summary>Columns of our Battery Data Format files, in order, by preferred label; the last three are our own.</summary>
internal static class BdfColumns
{
    public static IReadOnlyList<string> Labels { get; } =
    [
        "Test Time / s", "Voltage / V", "Current / A",
        "Unix Time / s", "Cycle Count / 1", "Step Count / 1", "Ambient Temperature / degC",
        "Step ID", "Step Type", "Step Time / s", "Step Record Index / 1", "Record Index / 1",
        "Charging Capacity / Ah", "Discharging Capacity / Ah", "Charging Energy / Wh", "Discharging Energy / Wh",
        "instrument_cycle", "block", "pass",
    ];
}
