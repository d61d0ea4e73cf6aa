namespace CellLab.HardwareSim.MethodScript.Language;

/// <summary>Arguments of the known commands: <c>o</c> variable that is written, <c>v</c> variable, <c>n</c> number or variable, <c>t</c> type,
/// <c>s</c> text.</summary>
internal static class Signatures
{
    private static readonly Dictionary<string, string> s_commands = new(StringComparer.Ordinal)
    {
        ["store_var"] = "ont", ["copy_var"] = "vo", ["add_var"] = "on", ["sub_var"] = "on", ["mul_var"] = "on", ["div_var"] = "on",
        ["set_pgstat_chan"] = "n", ["set_pgstat_mode"] = "n", ["set_max_bandwidth"] = "n", ["set_range"] = "tn", ["set_autoranging"] = "tnn",
        ["set_range_minmax"] = "tnn", ["set_e"] = "n", ["set_i"] = "n", ["cell_on"] = "", ["cell_off"] = "", ["wait"] = "n", ["timer_start"] = "",
        ["timer_get"] = "o", ["meas"] = "not", ["pck_start"] = "", ["pck_add"] = "v", ["pck_end"] = "", ["send_string"] = "s",
        ["set_gpio_cfg"] = "nn", ["set_gpio"] = "n", ["get_gpio"] = "o", ["abort"] = "", ["breakloop"] = "",
    };

    private static readonly Dictionary<string, string> s_measurements = new(StringComparer.Ordinal)
    {
        ["meas_loop_ocp"] = "onn", ["meas_loop_ca"] = "oonnn", ["meas_loop_cp"] = "oonnn", ["meas_loop_lsv"] = "oonnnn",
        ["meas_loop_cv"] = "oonnnnn", ["meas_loop_eis"] = "ooonnnnn", ["meas_loop_geis"] = "ooonnnnn",
    };

    public static string? OfCommand(string name) => s_commands.GetValueOrDefault(name);

    public static string? OfMeasurement(string name) => s_measurements.GetValueOrDefault(name);
}
