namespace CellLab.Drivers.MethodScript.Wire;

/// <summary>Names of measurement loops by the number behind <c>M</c>.</summary>
internal static class Techniques
{
    private static readonly string[] s_names =
    [
        "LSV", "DPV", "SWV", "NPV", "ACV", "CV", "SCP", "CA", "PAD", "fast CA", "CP", "OCP", "?", "EIS", "GEIS", "LSP", "fast CV",
        "CA alternating", "CP alternating", "OCP alternating", "dual EIS",
    ];

    public static string NameOf(int technique) =>
        technique >= 0 && technique < s_names.Length && s_names[technique] != "?" ? s_names[technique] : $"technique {technique:X}";
}
