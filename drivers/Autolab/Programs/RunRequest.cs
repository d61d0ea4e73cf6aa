using System.Text.Json.Nodes;
using CellLab.Core.Safety;

namespace CellLab.Drivers.Autolab.Programs;

/// <summary>The members of a request <c>run</c> of technique <c>sequence</c>.</summary>
internal static class RunRequest
{
    public static JsonObject Of(string run, IEnumerable<JsonNode> steps, JsonObject limits) => new()
    {
        ["run"] = run, ["technique"] = "sequence", ["params"] = new JsonObject { ["steps"] = new JsonArray([.. steps]) }, ["limits"] = limits,
    };

    public static JsonObject Step(string technique, params ReadOnlySpan<(string Name, double? Value)> members)
    {
        var parameters = new JsonObject();
        foreach ((string name, double? value) in members)
        {
            if (value is { } number)
            {
                parameters[name] = number;
            }
        }

        return new JsonObject { ["technique"] = technique, ["params"] = parameters };
    }

    /// <summary>Limits of the program; what it leaves open is bounded by the instrument.</summary>
    /// <param name="sign">-1 where a charging current is negative at the instrument.</param>
    /// <param name="maxSeconds">Lab time.</param>
    public static JsonObject Limits(SafetyLimits? limits, int sign, double maxSeconds)
    {
        double? highest = sign > 0 ? limits?.MaxAmperes : -limits?.MinAmperes;
        double? lowest = sign > 0 ? limits?.MinAmperes : -limits?.MaxAmperes;
        return new JsonObject
        {
            ["eMin_V"] = limits?.MinVolts ?? -AutolabModel.MaxVolts,
            ["eMax_V"] = limits?.MaxVolts ?? AutolabModel.MaxVolts,
            ["iMin_A"] = lowest,
            ["iMax_A"] = highest,
            ["qMax_Ah"] = limits?.MaxAmpereHours,
            ["maxSeconds"] = maxSeconds,
        };
    }
}
