using CellLab.Core.Devices;
using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript.Scripts;

/// <summary>Rest, then one spectrum (PEIS or GEIS), then the cell off.</summary>
internal static class SpectrumScript
{
    private const double ShortestRestSeconds = 1;

    public static IReadOnlyList<string> Problems(SpectrumPlan plan, MethodScriptModel model)
    {
        var problems = new List<string>();
        Require(plan.Points is >= 2 and <= 1000, "expected 2 to 1000 points");
        Require(Math.Min(plan.FirstHertz, plan.LastHertz) > 0, "expected frequencies above 0");
        Require(Math.Max(plan.FirstHertz, plan.LastHertz) <= model.MaxHertz, $"{model.Name} measures up to {model.MaxHertz:0.###e0} Hz");
        Require(plan.Amplitude > 0, "expected an amplitude above 0");
        Require(plan.Excitation != Excitation.Potential || plan.Amplitude <= model.MaxAmplitudeVolts, $"{model.Name} excites with up to {model.MaxAmplitudeVolts} V rms");
        Require(plan.Excitation != Excitation.Current || plan.Amplitude + Math.Abs(plan.Bias ?? 0) <= model.MaxAmperes, $"{model.Name} gives up to {model.MaxAmperes} A");
        Require(plan.Excitation != Excitation.Potential || Math.Abs(plan.Bias ?? 0) <= model.MaxVolts, $"{model.Name} holds up to {model.MaxVolts} V");
        return problems;

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add($"spectrum: {problem}");
            }
        }
    }

    public static IReadOnlyList<string> Write(SpectrumPlan plan, MethodScriptOptions options)
    {
        bool potential = plan.Excitation == Excitation.Potential;
        var script = new ScriptText();
        script.Variables("f", "r", "j", "o").Add("store_var o 0 ab", "set_pgstat_chan 0", $"set_pgstat_mode {options.PotentiostatMode}", "set_max_bandwidth 40");
        script.Add(SmallScripts.Ranges(options));
        script.Add("cell_off", $"meas_loop_ocp o 500m {ScriptNumber.Of(Math.Max(plan.RestSeconds, ShortestRestSeconds))}", "endloop").Package("o");
        if (potential)
        {
            Potential(script, plan, options);
        }
        else
        {
            Current(script, plan, options);
        }

        return script.Package("f", "r", "j").Add("endloop").CellOffAtTheEnd().Lines;
    }

    private static void Potential(ScriptText script, SpectrumPlan plan, MethodScriptOptions options)
    {
        IReadOnlyList<double> ranges = options.Model.RangesAmperes;
        string bias = plan.Bias is { } volts ? ScriptNumber.Of(volts) : "o";
        string highest = ScriptNumber.Of(ranges.LastOrDefault(r => r <= 10e-3, ranges[^1]));
        script.Add(
            $"set_range {VariableTypes.MeasuredAmperes} {ScriptNumber.Of(options.Model.RangeFor(1e-3))}",
            $"set_autoranging {VariableTypes.MeasuredAmperes} {ScriptNumber.Of(options.Model.RangeFor(100e-9))} {highest}",
            $"set_e {bias}",
            "cell_on",
            $"meas_loop_eis f r j {ScriptNumber.Of(plan.Amplitude)} {Frequencies(plan)} {bias}");
    }

    private static void Current(ScriptText script, SpectrumPlan plan, MethodScriptOptions options)
    {
        string bias = ScriptNumber.Of(options.CurrentSign * (plan.Bias ?? 0));
        double largest = plan.Amplitude * Math.Sqrt(2) + Math.Abs(plan.Bias ?? 0);
        script.Add(
            $"set_pgstat_mode {options.GalvanostatMode}",
            $"set_range {VariableTypes.AppliedAmperes} {ScriptNumber.Of(options.Model.RangeFor(largest))}",
            $"set_i {bias}",
            "cell_on",
            $"meas_loop_geis f r j {ScriptNumber.Of(plan.Amplitude)} {Frequencies(plan)} {bias}");
    }

    private static string Frequencies(SpectrumPlan plan) =>
        $"{ScriptNumber.Of(plan.FirstHertz)} {ScriptNumber.Of(plan.LastHertz)} {ScriptNumber.Count(plan.Points)}";
}
