using System.Text.Json.Serialization;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Core.Triggers.Patterns;

/// <summary>The cell's electrochemical state, as a pattern carries it.</summary>
/// <param name="CapacityMilliampereHoursPerGram">Of the half cycle.</param>
/// <param name="TotalMilliampereHoursPerGram">Charge minus discharge since the job began.</param>
/// <param name="ChargeStatePercent">Of the nominal capacity.</param>
/// <param name="TemperatureCelsius">Null where no instrument measures it.</param>
/// <param name="Lithium">x in the formula; null where the formula is not known.</param>
public sealed record PatternState(
    [property: JsonPropertyName("t_utc")] DateTimeOffset AtUtc,
    [property: JsonPropertyName("test_time_s")] double TestTimeSeconds,
    [property: JsonPropertyName("e_v")] double VoltageVolts,
    [property: JsonPropertyName("i_ma")] double CurrentMilliamperes,
    [property: JsonPropertyName("q_mah_g")] double CapacityMilliampereHoursPerGram,
    [property: JsonPropertyName("q_total_mah_g")] double TotalMilliampereHoursPerGram,
    [property: JsonPropertyName("soc_percent")] double ChargeStatePercent,
    [property: JsonPropertyName("cycle")] int Cycle,
    [property: JsonPropertyName("step_index")] int StepIndex,
    [property: JsonPropertyName("step_name")] string StepName,
    [property: JsonPropertyName("step_time_s")] double StepTimeSeconds,
    [property: JsonPropertyName("direction")] CellDirection Direction,
    [property: JsonPropertyName("t_c")] double? TemperatureCelsius = null,
    [property: JsonPropertyName("x_li")] double? Lithium = null)
{
    public static PatternState Of(CellPoint point, CellFacts cell) => new(
        point.AtUtc, point.TestTimeSeconds, point.VoltageVolts, point.CurrentAmperes * 1e3,
        cell.MilliampereHoursPerGram(point.HalfCycleAmpereHours), cell.MilliampereHoursPerGram(point.NetAmpereHours),
        ChargeStateCondition.Percent(point, cell, null), point.Cycle, point.StepId, NameOf(point, cell.Program), point.StepTimeSeconds, point.Direction, null,
        cell.Formula?.LithiumAfter(cell.MilliampereHoursPerGram(point.NetAmpereHours)));

    private static string NameOf(CellPoint point, CellProgram program)
    {
        string kind = point.Kind switch
        {
            StepKind.ConstantCurrentCharge => "constant current charge",
            StepKind.ConstantCurrentDischarge => "constant current discharge",
            StepKind.ConstantVoltage => "constant voltage",
            _ => point.Kind.ToString().ToLowerInvariant(),
        };
        return point.StepId >= 1 && point.StepId <= program.Steps.Count ? $"{program.Steps[point.StepId - 1].Block}: {kind}" : kind;
    }
}

/// <summary>Mean over an exposure, weighted by time, and how far it spans.</summary>
/// <param name="SpanVolts">Largest minus smallest; so too the capacity's.</param>
public sealed record PatternMean(
    [property: JsonPropertyName("e_v")] double VoltageVolts,
    [property: JsonPropertyName("i_ma")] double CurrentMilliamperes,
    [property: JsonPropertyName("q_mah_g")] double CapacityMilliampereHoursPerGram,
    [property: JsonPropertyName("q_total_mah_g")] double TotalMilliampereHoursPerGram,
    [property: JsonPropertyName("span_e_v")] double SpanVolts,
    [property: JsonPropertyName("span_q_total_mah_g")] double SpanTotalMilliampereHoursPerGram);
