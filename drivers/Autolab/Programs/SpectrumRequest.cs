using System.Text.Json.Nodes;
using CellLab.Core.Devices;
using CellLab.Core.Safety;

namespace CellLab.Drivers.Autolab.Programs;

/// <summary>Rest, then one spectrum (PEIS or GEIS), then the cell off.</summary>
internal static class SpectrumRequest
{
    private const double ShortestRestSeconds = 1;

    /// <summary>Where a spectrum of a half cell has no business, V.</summary>
    private static readonly SafetyLimits s_limits = new(5.2, 1.0, null, null, null, 0);

    public static IReadOnlyList<string> Problems(SpectrumPlan plan)
    {
        var problems = new List<string>();
        Require(plan.Points is >= 2 and <= 1000, "expected 2 to 1000 points");
        Require(
            Math.Min(plan.FirstHertz, plan.LastHertz) >= AutolabModel.MinHertz && Math.Max(plan.FirstHertz, plan.LastHertz) <= AutolabModel.MaxHertz,
            FormattableString.Invariant($"{AutolabModel.Name} measures from {AutolabModel.MinHertz:0.#e0} to {AutolabModel.MaxHertz:0.#e0} Hz"));
        Require(plan.Amplitude > 0, "expected an amplitude above 0");
        Require(
            plan.Excitation != Excitation.Potential || plan.Amplitude <= AutolabModel.MaxAmplitudeVolts,
            FormattableString.Invariant($"{AutolabModel.Name} excites with up to {AutolabModel.MaxAmplitudeVolts} V rms"));
        Require(
            plan.Excitation != Excitation.Current || plan.Amplitude + Math.Abs(plan.Bias ?? 0) <= AutolabModel.MaxAmperes,
            $"{AutolabModel.Name} gives up to {AutolabModel.MaxAmperes} A");
        Require(
            plan.Excitation != Excitation.Potential || Math.Abs(plan.Bias ?? 0) <= AutolabModel.MaxVolts, $"{AutolabModel.Name} holds up to {AutolabModel.MaxVolts} V");
        return problems;

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add($"spectrum: {problem}");
            }
        }
    }

    public static JsonObject Of(string run, SpectrumPlan plan, AutolabOptions options)
    {
        bool potential = plan.Excitation == Excitation.Potential;
        double rest = Math.Max(plan.RestSeconds, ShortestRestSeconds);
        JsonObject[] steps =
        [
            RunRequest.Step("ocp", ("duration_s", rest), ("interval_s", 0.5), ("record_s", 1)),
            RunRequest.Step(
                potential ? "peis" : "geis", ("amplitude", plan.Amplitude), ("first_Hz", plan.FirstHertz), ("last_Hz", plan.LastHertz), ("points", plan.Points),
                ("bias", potential ? plan.Bias : options.CurrentSign * plan.Bias)),
        ];
        return RunRequest.Of(run, steps, RunRequest.Limits(s_limits, options.CurrentSign, rest + MostSeconds(plan)));
    }

    /// <summary>Three times what one period of each frequency takes, and some seconds for each.</summary>
    private static double MostSeconds(SpectrumPlan plan) => 60 + Enumerable.Range(0, plan.Points)
        .Sum(k => 5 + (3 / (plan.FirstHertz * Math.Pow(plan.LastHertz / plan.FirstHertz, k / (plan.Points - 1.0)))));
}
