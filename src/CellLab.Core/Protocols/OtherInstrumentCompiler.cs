using System.Globalization;
using CellLab.Core.Programs;
using CellLab.Core.Protocols.Language;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>Compiles steps that another instrument or a person does, and says why a cycler alone cannot.</summary>
internal static class OtherInstrumentCompiler
{
    private const string ImpedanceRole = "eis";
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
        if (step.Id is { } id)
        {
            members["id"] = id;
        }

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
        if (context.Options.Pipeline is { } pipeline)
        {
            if (IsMissing(other, pipeline))
            {
                string it = step.Sentence is null ? "it" : $"step {other.Number}";
                string own = cyclerMeasures ? "; its cycler channel measures impedance itself, but the service does not run such a step on it within a job" : "";
                context.CannotRun(step, $"{it} needs role {other.Role}, pipeline {pipeline.Pipeline} has none{own}", "choose a pipeline with that role, or remove the step");
            }
        }
        else if (step is HostedStep hosted)
        {
            context.CannotRun(step, $"it cannot be part of a tester's program: {hosted.Need}", "submit it to a pipeline with the instruments that it needs, or remove the step");
        }
        else
        {
            context.CannotRun(step, "a battery cycler measures no impedance", "submit it to a pipeline with a potentiostat (role eis), or remove the step");
        }
    }
}
