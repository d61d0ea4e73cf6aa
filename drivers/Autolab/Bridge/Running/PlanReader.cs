using CellLab.AutolabBridge.Wire;

namespace CellLab.AutolabBridge.Running;

/// <summary>Reads the request <c>run</c>: <c>technique</c> with <c>params</c>, or technique <c>sequence</c> whose <c>params.steps</c> are such pairs.</summary>
internal static class PlanReader
{
    /// <summary>Two reads and a setpoint of some milliseconds each must fit.</summary>
    private const double ShortestInterval = 0.05;

    private const int MostSteps = 500;

    /// <exception cref="BadRequestException">With the member that is wrong.</exception>
    public static RunPlan Read(Fields request)
    {
        string technique = request.Text("technique");
        Fields parameters = request.Object("params");
        IReadOnlyList<StepPlan> steps = technique == "sequence"
            ? [.. parameters.Objects("steps").Select((step, i) => Step(step.Text("technique"), step.Object("params"), i + 1))]
            : [Step(technique, parameters, 1)];
        if (steps.Count is 0 or > MostSteps)
        {
            throw request.Wrong("params", $"1 to {MostSteps} steps");
        }

        RunLimits limits = Limits(request.Object("limits"));
        if ((limits.MinVolts is null || limits.MaxVolts is null) && steps.Any(step => step.Galvanostatic))
        {
            throw request.Wrong("limits", "eMin_V and eMax_V, since a current is set");
        }

        return new RunPlan(request.Text("run"), steps, limits);
    }

    private static RunLimits Limits(Fields limits) => new(
        limits.OptionalNumber("eMin_V"), limits.OptionalNumber("eMax_V"), limits.OptionalNumber("iMin_A"), limits.OptionalNumber("iMax_A"),
        limits.OptionalNumber("qMax_Ah"), limits.Positive("maxSeconds"), limits.OptionalNumber("openLead_A") ?? 5e-9);

    private static StepPlan Step(string technique, Fields parameters, int number) => technique switch
    {
        "ocp" => Sampled(new StepPlan(number, Technique.Ocp), parameters, endNeeded: true),
        "cp" => Sampled(new StepPlan(number, Technique.Cp) { Setpoint = parameters.Number("current_A") }, parameters),
        "ca" => Sampled(new StepPlan(number, Technique.Ca) { Setpoint = parameters.Number("potential_V") }, parameters),
        "lsv" => Sampled(
            new StepPlan(number, Technique.Lsv)
            {
                Setpoint = parameters.Number("start_V"), EndVolts = parameters.Number("end_V"), VoltsPerSecond = parameters.Positive("rate_V_s"),
            },
            parameters),
        "peis" => Spectrum(new StepPlan(number, Technique.Peis), parameters),
        "geis" => Spectrum(new StepPlan(number, Technique.Geis), parameters),
        "loop" => new StepPlan(number, Technique.Loop)
        {
            FirstStep = parameters.Whole("first", 1, Math.Max(1, number - 1)), Passes = parameters.Whole("passes", 1, 1_000_000),
        },
        _ => throw new BadRequestException($"technique '{technique}' is not known; known are ocp, cp, ca, lsv, peis, geis, loop, sequence"),
    };

    private static StepPlan Sampled(StepPlan step, Fields parameters, bool endNeeded = false)
    {
        double interval = parameters.OptionalNumber("interval_s") ?? 1;
        double? duration = parameters.OptionalNumber("duration_s");
        if (interval < ShortestInterval)
        {
            throw parameters.Wrong("interval_s", FormattableString.Invariant($"{ShortestInterval} or more: the samples are taken by software"));
        }

        if (duration is < 0 || (endNeeded && duration is null))
        {
            throw parameters.Wrong("duration_s", "a number, 0 or more");
        }

        return step with
        {
            DurationSeconds = duration,
            IntervalSeconds = interval,
            RecordSeconds = Math.Max(interval, parameters.OptionalNumber("record_s") ?? interval),
            RecordVolts = parameters.OptionalNumber("record_dE_V"),
            UntilVolts = parameters.OptionalNumber("until_e_V"),
            UntilVoltsDirection = parameters.OptionalNumber("until_e_direction"),
            UntilAmperes = parameters.OptionalNumber("until_i_A"),
            UntilAmpereHours = parameters.OptionalNumber("until_charge_Ah"),
            RangeAmperes = parameters.OptionalNumber("range_A"),
        };
    }

    private static StepPlan Spectrum(StepPlan step, Fields parameters) => step with
    {
        Amplitude = parameters.Positive("amplitude"),
        FirstHertz = parameters.Positive("first_Hz"),
        LastHertz = parameters.Positive("last_Hz"),
        Points = parameters.Whole("points", 1, 1000),
        Bias = parameters.OptionalNumber("bias"),
        RangeAmperes = parameters.OptionalNumber("range_A"),
    };
}
