using System.Globalization;
using CellLab.Core.Programs;
using CellLab.Core.Protocols.Language;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>Compiles steps that another instrument or a person does, and says why a cycler alone cannot.</summary>
internal static class OtherInstrumentCompiler
{
    private const string ImpedanceRole = "eis";
    private const string BetweenJobs = "remove the step and do it by hand between two jobs";
    private const double Milli = 1e-3;

    /// <summary>Null for steps that a cycler does.</summary>
    public static OtherInstrumentStep? Compile(CompileContext context, ProtocolStep step, int number, string block)
    {
        OtherInstrumentStep? other = step switch
        {
            ImpedanceStep spectrum => Of(spectrum, number, block),
            HostedStep hosted => Of(hosted, number, block),
            _ => null,
        };
        if (other is not null && (!context.Options.KeepsOtherInstruments || IsMissing(other, context.Options.Pipeline)))
        {
            Refuse(context, step, other);
        }

        return other;
    }

    /// <summary>The cycler goes on beside it.</summary>
    public static bool IsBeside(ProtocolStep step) => step is HostedStep hosted && HostedKinds.Of(hosted.Name).Meanwhile == CellMeanwhile.GoesOnCycling;

    private static OtherInstrumentStep Of(HostedStep step, int number, string block)
    {
        HostedKind kind = HostedKinds.Of(step.Name);
        double? seconds = step.Members.TryGetValue("duration_s", out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double known) ? known : null;
        return new OtherInstrumentStep(number, block, step.Name, kind.RoleFor(step.Members), seconds, kind.Meanwhile) { Members = step.Members };
    }

    private static OtherInstrumentStep Of(ImpedanceStep step, int number, string block)
    {
        CellMeanwhile meanwhile = step.HoldVolts is null ? CellMeanwhile.RestsAtOpenCircuit : CellMeanwhile.DrivenByInstrument;
        return new OtherInstrumentStep(number, block, step.Kind, ImpedanceRole, SpectrumDuration.Seconds(step), meanwhile) { Members = Members(step) };
    }

    /// <summary>As a unicycler file writes them.</summary>
    private static Dictionary<string, string> Members(ImpedanceStep step)
    {
        var members = new Dictionary<string, string>
        {
            [step.AmplitudeVolts is null ? "amplitude_mA" : "amplitude_V"] = QuantityText.Plain(step.AmplitudeVolts ?? (step.AmplitudeAmperes ?? 0) / Milli),
            ["start_frequency_Hz"] = QuantityText.Plain(step.StartHertz),
            ["end_frequency_Hz"] = QuantityText.Plain(step.EndHertz),
            ["points_per_decade"] = QuantityText.Plain(step.PointsPerDecade),
            ["measures_per_point"] = QuantityText.Plain(step.MeasuresPerPoint),
            ["drift_correction"] = step.DriftCorrection ? "true" : "false",
        };
        if (step.HoldVolts is { } volts)
        {
            members["hold_voltage_V"] = QuantityText.Plain(volts);
        }

        return members;
    }

    /// <summary>The chosen pipeline has nobody for the step.</summary>
    private static bool IsMissing(OtherInstrumentStep other, PipelineRoles? pipeline) =>
        pipeline is not null && other.Role != OtherInstrumentStep.Person && !pipeline.Channels.ContainsKey(other.Role);

    private static void Refuse(CompileContext context, ProtocolStep step, OtherInstrumentStep other)
    {
        bool cyclerMeasures = step is ImpedanceStep && context.Options.Channel is { MeasuresImpedance: true };
        (string message, string hint) = context.Options.Pipeline is { } pipeline ? WithPipeline(step, other, pipeline, cyclerMeasures)
            : step is HostedStep hosted ? ($"it cannot be part of a tester's program: {hosted.Need}", "remove the step from a protocol that is to be submitted")
            : cyclerMeasures ? ("this channel measures impedance, but the service does not run such a step within a job", BetweenJobs)
            : ("a battery cycler measures no impedance", "remove the step, or run it on a channel of a potentiostat");
        context.CannotRun(step, message, hint);
    }

    private static (string Message, string Hint) WithPipeline(ProtocolStep step, OtherInstrumentStep other, PipelineRoles pipeline, bool cyclerMeasures)
    {
        string it = step.Sentence is null ? "it" : $"step {other.Number}";
        return (other.Role, pipeline.Channels.TryGetValue(other.Role, out string? channel)) switch
        {
            (OtherInstrumentStep.Person, _) => ($"{it} needs a person at the cell, for whom the service does not wait within a job", BetweenJobs),
            (_, false) when cyclerMeasures =>
                ($"{it} needs role {other.Role}, pipeline {pipeline.Pipeline} has none; its cycler channel measures impedance itself, but the service does not run such a step within a job", BetweenJobs),
            (_, false) => ($"{it} needs role {other.Role}, pipeline {pipeline.Pipeline} has none", "choose a pipeline with that role, or remove the step"),
            _ => ($"{it} needs role {other.Role}; pipeline {pipeline.Pipeline} has it ({channel}), but the service does not run such a step within a job", BetweenJobs),
        };
    }
}
