using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript.Scripts;

/// <summary>Scripts without parameters of a test.</summary>
internal static class SmallScripts
{
    /// <summary>What must follow every fault: after a run-time error the cell stays as it was.</summary>
    public static IReadOnlyList<string> CellOff { get; } = ["cell_off"];

    /// <summary>One reading of the open-circuit potential after 0.3 s.</summary>
    public static IReadOnlyList<string> OpenCircuitReading(MethodScriptOptions options) => OpenCircuit(options, 300);

    /// <summary>Readings of the open-circuit potential, 0.1 s apart. The cell is off throughout.</summary>
    public static IReadOnlyList<string> OpenCircuitReadings(MethodScriptOptions options, int readings) => OpenCircuit(options, 100 * readings);

    private static IReadOnlyList<string> OpenCircuit(MethodScriptOptions options, int milliseconds) => new ScriptText()
        .Variables("p")
        .Add("set_pgstat_chan 0", $"set_pgstat_mode {options.PotentiostatMode}", "set_max_bandwidth 40")
        .Add(Ranges(options))
        .Add("cell_off", $"meas_loop_ocp p 100m {milliseconds}m")
        .Package("p")
        .Add("endloop")
        .CellOffAtTheEnd().Lines;

    /// <summary>Potentials of the whole span of the model.</summary>
    public static string[] Ranges(MethodScriptOptions options)
    {
        string volts = ScriptNumber.Of(options.Model.MaxVolts);
        return [$"set_range {VariableTypes.MeasuredVolts} {volts}", $"set_autoranging {VariableTypes.MeasuredVolts} {volts} {volts}"];
    }
}
