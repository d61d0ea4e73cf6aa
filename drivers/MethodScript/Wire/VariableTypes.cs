namespace CellLab.Drivers.MethodScript.Wire;

/// <summary>Names of values in packages and scripts, with their units (MethodSCRIPT language manual, variable types).</summary>
internal static class VariableTypes
{
    public const string MeasuredVolts = "ab";
    public const string AppliedVolts = "da";
    public const string MeasuredAmperes = "ba";
    public const string AppliedAmperes = "db";
    public const string Frequency = "dc";
    public const string RealOhms = "cc";
    public const string ImaginaryOhms = "cd";
    public const string Seconds = "eb";
    public const string Generic = "ja";

    /// <summary>SI unit of a type; null for counts, masks and generic values.</summary>
    public static string? UnitOf(string type) => type switch
    {
        "ca" => "deg",
        "cb" or "cc" or "cd" => "ohm",
        "ce" or "ch" or "ci" or "da" or "dd" => "V",
        "cf" or "cj" or "ck" or "db" => "A",
        "cg" or "dc" => "Hz",
        "eb" => "s",
        "ed" or "ef" => "degC",
        ['a', >= 'b' and <= 'g'] or ['a', >= 's' and <= 'z'] => "V",
        "ba" or "bb" => "A",
        ['h', >= 'a' and <= 'd'] => "A",
        ['i', >= 'a' and <= 'd'] => "V",
        _ => null,
    };
}
