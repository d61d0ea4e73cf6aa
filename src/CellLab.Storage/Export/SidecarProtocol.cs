using System.Text.Json.Nodes;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Safety;

namespace CellLab.Storage.Export;

/// <summary>Block <c>battinfo_test_protocol</c>: the program as it was compiled for this cell.</summary>
internal static class SidecarProtocol
{
    private const double MilliPerUnit = 1000;

    public static JsonObject Build(Job job) => new()
    {
        ["test_spec"] = new JsonObject { ["id"] = SidecarTest.ProtocolId(job), ["kind"] = "cycling", ["name"] = job.ProtocolName },
        ["method"] = new JsonArray([.. job.Program.Steps.Select(Step)]),
        ["record"] = Record(job.Program.Record),
        ["safety"] = Safety(job.Program.Limits),
    };

    private static JsonObject Step(ProgramStep step)
    {
        JsonObject document = step switch
        {
            RestStep rest => new JsonObject { ["step"] = "open_circuit_voltage", ["until_time_s"] = rest.DurationSeconds },
            CurrentStep current => Current(current),
            VoltageStep voltage => Voltage(voltage),
            ScanStep scan => new JsonObject
            {
                ["step"] = "voltage_scan", ["start_voltage_V"] = scan.StartVolts, ["end_voltage_V"] = scan.EndVolts, ["scan_rate_V_s"] = scan.VoltsPerSecond,
            },
            LoopStep loop => new JsonObject { ["step"] = "loop", ["loop_to"] = loop.FirstStep, ["cycle_count"] = loop.Passes },
            OtherInstrumentStep other => new JsonObject { ["step"] = other.Kind, ["role"] = other.Role, ["expected_time_s"] = other.ExpectedSeconds },
            _ => new JsonObject { ["step"] = "other" },
        };
        document.Insert(0, "number", step.Number);
        document["block"] = step.Block;
        if (step.Record is { } rule)
        {
            document["record"] = Record(rule);
        }

        return document;
    }

    private static JsonObject Current(CurrentStep step) => new()
    {
        ["step"] = "constant_current",
        ["current_mA"] = step.CurrentAmperes * MilliPerUnit,
        ["rate_C"] = step.RateC,
        ["until_time_s"] = step.UntilSeconds,
        ["until_voltage_V"] = step.UntilVoltageVolts,
        ["until_capacity_mAh"] = step.UntilAmpereHours * MilliPerUnit,
    };

    private static JsonObject Voltage(VoltageStep step) => new()
    {
        ["step"] = "constant_voltage",
        ["voltage_V"] = step.VoltageVolts,
        ["until_time_s"] = step.UntilSeconds,
        ["until_current_mA"] = step.UntilCurrentAmperes * MilliPerUnit,
        ["until_rate_C"] = step.UntilRateC,
    };

    private static JsonObject Record(RecordRule rule) => new()
    {
        ["time_s"] = rule.IntervalSeconds,
        ["voltage_V"] = rule.DeltaVolts,
        ["current_mA"] = rule.DeltaAmperes * MilliPerUnit,
    };

    private static JsonObject Safety(SafetyLimits limits) => new()
    {
        ["max_voltage_V"] = limits.MaxVolts,
        ["min_voltage_V"] = limits.MinVolts,
        ["max_current_mA"] = limits.MaxAmperes * MilliPerUnit,
        ["min_current_mA"] = limits.MinAmperes * MilliPerUnit,
        ["max_capacity_mAh"] = limits.MaxAmpereHours * MilliPerUnit,
        ["delay_s"] = limits.DelaySeconds,
    };
}
