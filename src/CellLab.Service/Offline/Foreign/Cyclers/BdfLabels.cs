namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>The 58 preferred labels of the Battery Data Format and the machine names that belong to them.</summary>
internal static class BdfLabels
{
    private static readonly Dictionary<string, string> Units = new()
    {
        ["s"] = "second", ["V"] = "volt", ["A"] = "ampere", ["1"] = "", ["degC"] = "celsius", ["W"] = "watt", ["Ah"] = "ah", ["Wh"] = "wh",
        ["ohm"] = "ohm", ["Hz"] = "hertz", ["deg"] = "degree", ["Pa"] = "pa",
    };

    public static IReadOnlySet<string> Preferred { get; } = All().ToHashSet();

    /// <summary>Label by machine name.</summary>
    public static IReadOnlyDictionary<string, string> ByMachineName { get; } = Preferred.ToDictionary(MachineName);

    /// <summary>Names no longer in use and what took their place.</summary>
    public static IReadOnlyDictionary<string, string> Deprecated { get; } = new Dictionary<string, string>
    {
        ["step_index"] = "Step Record Index / 1", ["Step Index / 1"] = "Step Record Index / 1",
        ["test_time_millisecond"] = "Test Time / s", ["Test Time / ms"] = "Test Time / s",
        ["unix_time_millisecond"] = "Unix Time / s", ["Unix Time / ms"] = "Unix Time / s",
        ["step_capacity_ah"] = "Step Cumulative Capacity / Ah", ["Step Capacity / Ah"] = "Step Cumulative Capacity / Ah",
        ["step_energy_wh"] = "Step Cumulative Energy / Wh", ["Step Energy / Wh"] = "Step Cumulative Energy / Wh",
    };

    private static IEnumerable<string> All()
    {
        string[] single =
        [
            "Test Time / s", "Voltage / V", "Current / A", "Unix Time / s", "Cycle Count / 1", "Step Count / 1", "Ambient Temperature / degC", "Step ID",
            "Step Type", "Step Time / s", "Step Record Index / 1", "Record Index / 1", "Power / W", "Internal Resistance / ohm", "DC Internal Resistance / ohm",
            "AC Internal Resistance / ohm", "Frequency / Hz", "Real Impedance / ohm", "Imaginary Impedance / ohm", "Absolute Impedance / ohm", "Phase / deg",
            "Surface Temperature / degC", "Ambient Pressure / Pa", "Applied Pressure / Pa", "Surface Pressure / Pa",
        ];
        string[] directions = ["Charging", "Discharging", "Cumulative", "Net"];
        string[] scopes = ["", "Cycle ", "Step "];
        return single
            .Concat(Enumerable.Range(1, 5).Select(number => $"Temperature T{number} / degC"))
            .Concat(scopes.SelectMany(scope => directions.SelectMany(way => new[] { $"{scope}{way} Capacity / Ah", $"{scope}{way} Energy / Wh" })))
            .Concat(directions[..2].SelectMany(way => new[] { $"Schedule {way} Capacity / Ah", $"Schedule {way} Energy / Wh" }));
    }

    private static string MachineName(string label)
    {
        int cut = label.IndexOf(" / ", StringComparison.Ordinal);
        string name = (cut < 0 ? label : label[..cut]).ToLowerInvariant().Replace(' ', '_');
        string unit = cut < 0 ? "" : Units[label[(cut + 3)..]];
        return unit.Length == 0 ? name : $"{name}_{unit}";
    }
}
