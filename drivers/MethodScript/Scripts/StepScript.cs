using CellLab.Core.Programs;
using CellLab.Core.Safety;
using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript.Scripts;

/// <summary>One step of a program: what the electronics do, the measurement loop, and in its body limits, ends and packages.</summary>
internal sealed class StepScript(ScriptText script, CellProgram program, MethodScriptOptions options)
{
    private const double LargestScanStep = 0.005;
    private const double SmallestScanStep = 0.0001;
    private const double LowestHoldRange = 1e-6;

    public void Write(ProgramStep step)
    {
        RecordRule rule = step.Record ?? program.Record;
        double interval = Math.Min(rule.IntervalSeconds, options.CheckInterval.TotalSeconds);
        script.Add("store_var k 0i ja", "store_var e 0i ja", "store_var a 0 ja");
        Begin(step, interval, StepDuration.Of(step));
        script.Add("timer_get t", "add_var k 1i");
        if (step is not RestStep)
        {
            script.Add("copy_var c x", $"mul_var x {ScriptNumber.Of(step is ScanStep scan ? ScanInterval(scan, rule) : interval)}", "add_var a x");
        }

        Ends(step);
        Limits(program.Limits, step is not RestStep);
        Record(step is ScanStep ? 1 : Math.Max(1, (long)Math.Round(rule.IntervalSeconds / interval)), rule.DeltaVolts, step is not RestStep);
        script.If("e == 1i", "breakloop").Add("endloop");
    }

    private void Begin(ProgramStep step, double interval, double duration)
    {
        string timing = $"{ScriptNumber.Of(interval)} {ScriptNumber.Of(duration)}";
        string bandwidth = $"set_max_bandwidth {ScriptNumber.Of(Math.Max(10, Math.Ceiling(4 / interval)))}";
        script.Add("cell_off");
        switch (step)
        {
            case CurrentStep current:
                string amperes = ScriptNumber.Of(options.CurrentSign * current.CurrentAmperes);
                script.Add(
                    $"set_pgstat_mode {options.GalvanostatMode}", bandwidth,
                    $"set_range {VariableTypes.AppliedAmperes} {ScriptNumber.Of(options.Model.RangeFor(current.CurrentAmperes))}", "set_i 0", "cell_on",
                    $"meas_loop_cp p c {amperes} {timing}");
                break;
            case VoltageStep hold:
                Hold(hold.VoltageVolts, bandwidth);
                script.Add($"meas_loop_ca p c {ScriptNumber.Of(hold.VoltageVolts)} {timing}");
                break;
            case ScanStep scan:
                double size = ScanStepVolts(scan, step.Record ?? program.Record);
                Hold(scan.StartVolts, bandwidth);
                script.Add($"meas_loop_lsv p c {ScriptNumber.Of(scan.StartVolts)} {ScriptNumber.Of(scan.EndVolts)} {ScriptNumber.Of(size)} {ScriptNumber.Of(scan.VoltsPerSecond)}");
                break;
            default:
                script.Add($"set_pgstat_mode {options.PotentiostatMode}", bandwidth, "store_var c 0 ba", $"meas_loop_ocp p {timing}");
                break;
        }
    }

    private void Hold(double volts, string bandwidth)
    {
        IReadOnlyList<double> ranges = options.Model.RangesAmperes;
        script.Add(
            $"set_pgstat_mode {options.PotentiostatMode}", bandwidth,
            $"set_range {VariableTypes.MeasuredAmperes} {ScriptNumber.Of(options.Model.RangeFor(1e-3))}",
            $"set_autoranging {VariableTypes.MeasuredAmperes} {ScriptNumber.Of(options.Model.RangeFor(LowestHoldRange))} {ScriptNumber.Of(ranges[^1])}",
            $"set_e {ScriptNumber.Of(volts)}", "cell_on");
    }

    private void Ends(ProgramStep step)
    {
        switch (step)
        {
            case CurrentStep { UntilVoltageVolts: { } volts } current:
                End($"p {(current.CurrentAmperes > 0 ? ">=" : "<=")} {ScriptNumber.Of(volts)}");
                break;
            case VoltageStep hold:
                int sign = options.CurrentSign * (hold.Charging ? 1 : -1);
                if (hold.UntilCurrentAmperes is { } amperes)
                {
                    End($"c {(sign > 0 ? "<=" : ">=")} {ScriptNumber.Of(sign * Math.Abs(amperes))}");
                }

                if (hold.UntilAmpereHours is { } charge)
                {
                    End($"a {(sign > 0 ? ">=" : "<=")} {ScriptNumber.Of(sign * charge * 3600)}");
                }

                break;
        }
    }

    private void End(string condition) => script.If(condition, "store_var e 1i ja");

    /// <summary>Two readings outside in succession end the script; the last one is still sent.</summary>
    private void Limits(SafetyLimits limits, bool current)
    {
        script.Add("store_var b 0i ja");
        Outside("p >", limits.MaxVolts);
        Outside("p <", limits.MinVolts);
        if (current)
        {
            bool same = options.CurrentSign > 0;
            Outside(same ? "c >" : "c <", options.CurrentSign * limits.MaxAmperes);
            Outside(same ? "c <" : "c >", options.CurrentSign * limits.MinAmperes);
            Outside("a >", limits.MaxAmpereHours * 3600);
            Outside("a <", -limits.MaxAmpereHours * 3600);
        }

        script.Add("add_var m b").If("b == 0i", "store_var m 0i ja");
        script.Add("if m >= 2i").Package(Values(current)).Add($"send_string \"{ProgramScript.LimitText}\"", "abort", "endif");
    }

    private void Outside(string condition, double? limit)
    {
        if (limit is { } value)
        {
            script.If($"{condition} {ScriptNumber.Of(value)}", "store_var b 1i ja");
        }
    }

    /// <summary>A package every so many readings, on a change of potential, and at the end of the step.</summary>
    private void Record(long every, double? delta, bool current)
    {
        if (delta is { } volts)
        {
            string count = ScriptNumber.Count(every);
            script.Add("copy_var p d", "sub_var d q");
            script.If($"d >= {ScriptNumber.Of(volts)}", $"store_var k {count} ja").If($"d <= {ScriptNumber.Of(-volts)}", $"store_var k {count} ja");
        }

        script.If("e == 1i", $"store_var k {ScriptNumber.Count(every)} ja");
        script.Add($"if k >= {ScriptNumber.Count(every)}").Package(Values(current)).Add("store_var k 0i ja", "copy_var p q", "endif");
    }

    private static string[] Values(bool current) => current ? ["t", "p", "c"] : ["t", "p"];

    private static double ScanStepVolts(ScanStep scan, RecordRule rule) =>
        Math.Clamp(scan.VoltsPerSecond * rule.IntervalSeconds, SmallestScanStep, LargestScanStep);

    private static double ScanInterval(ScanStep scan, RecordRule rule) => ScanStepVolts(scan, rule) / scan.VoltsPerSecond;
}
