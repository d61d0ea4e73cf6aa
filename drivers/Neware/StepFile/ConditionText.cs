using System.Xml.Linq;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>A condition (<c>Cnd1</c>...) in words. Codes: two independent open generators of step files agree on them.</summary>
internal static class ConditionText
{
    public static string Of(XElement condition) =>
        $"the condition {Quantity(condition)} {Comparison(condition)} {condition.Attribute("Value")?.Value} (as in the file), then {Jump(condition)}";

    private static string Quantity(XElement condition) => condition.Attribute("type")?.Value switch
    {
        "1" => "voltage",
        "2" => "current",
        "3" => "time",
        "22" => $"expression {condition.Attribute("Expression")?.Value}",
        "23" => "user variable",
        var other => $"of type {other}",
    };

    private static string Comparison(XElement condition) => condition.Attribute("CmpType")?.Value switch
    {
        "3" => ">",
        "4" => ">=",
        "5" => "<",
        "6" => "<=",
        var other => $"compared by {other} with",
    };

    private static string Jump(XElement condition) => condition.Attribute("Jump_Line")?.Value switch
    {
        "65526" => "the next step",
        "65533" => "stop",
        "65534" => "protection",
        "65535" => "the end",
        var step => $"step {step}",
    };
}
