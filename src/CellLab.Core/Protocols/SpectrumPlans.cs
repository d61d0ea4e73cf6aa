using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>The spectrum that a step of a protocol asks for. Amplitudes in volts are rms, as MethodSCRIPT takes them.</summary>
public static class SpectrumPlans
{
    private const double Milli = 1e-3;

    /// <exception cref="ArgumentException">The step is no impedance step.</exception>
    public static SpectrumPlan Of(OtherInstrumentStep step)
    {
        if (step.Kind != StepNames.Impedance)
        {
            throw new ArgumentException($"'{step.Kind}' is no spectrum", nameof(step));
        }

        double first = Number(step, "start_frequency_Hz") ?? throw Missing(step, "start_frequency_Hz");
        double last = Number(step, "end_frequency_Hz") ?? throw Missing(step, "end_frequency_Hz");
        int points = SpectrumDuration.Points(first, last, Number(step, "points_per_decade") ?? throw Missing(step, "points_per_decade"));
        return Number(step, "amplitude_V") is { } volts
            ? new SpectrumPlan(Excitation.Potential, volts, first, last, points, Number(step, "hold_voltage_V"))
            : new SpectrumPlan(Excitation.Current, (Number(step, "amplitude_mA") ?? throw Missing(step, "amplitude_V")) * Milli, first, last, points);
    }

    /// <summary>What the step asks for beyond the plan, one sentence each: measured without it.</summary>
    public static IReadOnlyList<string> NotFollowed(OtherInstrumentStep step)
    {
        var notes = new List<string>();
        if (Number(step, "measures_per_point") > 1)
        {
            notes.Add("measures_per_point is left to the instrument");
        }

        if (step.Members.GetValueOrDefault("drift_correction") == "true")
        {
            notes.Add("the drift is not corrected");
        }

        return notes;
    }

    private static double? Number(OtherInstrumentStep step, string member) =>
        step.Members.TryGetValue(member, out string? text) ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    private static ArgumentException Missing(OtherInstrumentStep step, string member) => new($"step {step.Number} lacks {member}");
}
