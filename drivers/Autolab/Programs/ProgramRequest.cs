using System.Text.Json.Nodes;
using CellLab.Core.Programs;

namespace CellLab.Drivers.Autolab.Programs;

/// <summary>A whole program as one run of the bridge: it judges ends and limits beside the instrument. Step numbers are the program's.</summary>
internal static class ProgramRequest
{
    public static JsonObject Of(string run, CellProgram program, AutolabOptions options) => RunRequest.Of(
        run, program.Steps.Select(step => Step(step, program, options)), RunRequest.Limits(program.Limits, options.CurrentSign, ProgramLength.MostSeconds(program)));

    private static JsonObject Step(ProgramStep step, CellProgram program, AutolabOptions options)
    {
        RecordRule rule = program.RecordOf(step);
        double interval = Math.Max(0.05, Math.Min(rule.IntervalSeconds, options.CheckInterval.TotalSeconds));
        int sign = options.CurrentSign;
        (string Name, double? Value) check = ("interval_s", interval);
        (string Name, double? Value) record = ("record_s", rule.IntervalSeconds);
        (string Name, double? Value) change = ("record_dE_V", rule.DeltaVolts);
        return step switch
        {
            RestStep rest => RunRequest.Step("ocp", ("duration_s", rest.DurationSeconds), check, record, change),
            CurrentStep current => RunRequest.Step(
                "cp", ("current_A", sign * current.CurrentAmperes), ("duration_s", current.UntilSeconds), ("until_e_V", current.UntilVoltageVolts),
                ("until_e_direction", sign < 0 && current.UntilVoltageVolts is not null ? Math.Sign(current.CurrentAmperes) : null), ("until_charge_Ah", current.UntilAmpereHours), check, record, change),
            VoltageStep hold => RunRequest.Step(
                "ca", ("potential_V", hold.VoltageVolts), ("duration_s", hold.UntilSeconds),
                ("until_i_A", sign * (hold.Charging ? 1 : -1) * Magnitude(hold.UntilCurrentAmperes)), ("until_charge_Ah", hold.UntilAmpereHours),
                ("range_A", 4 * program.NominalCapacityAmpereHours), check, record, change),
            ScanStep scan => RunRequest.Step(
                "lsv", ("start_V", scan.StartVolts), ("end_V", scan.EndVolts), ("rate_V_s", scan.VoltsPerSecond), ("range_A", 4 * program.NominalCapacityAmpereHours),
                check, record, change),
            LoopStep loop => RunRequest.Step("loop", ("first", loop.FirstStep), ("passes", loop.Passes)),
            _ => throw new InvalidOperationException($"step {step.Number} was not refused"),
        };
    }

    private static double? Magnitude(double? amperes) => amperes is { } value ? Math.Abs(value) : null;
}
