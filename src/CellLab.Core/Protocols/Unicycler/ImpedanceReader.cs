namespace CellLab.Core.Protocols.Unicycler;

/// <summary>Reads <c>impedance_spectroscopy</c>.</summary>
internal static class ImpedanceReader
{
    public static ImpedanceStep? Read(StepMembers step)
    {
        double? volts = step.Members.Number("amplitude_V");
        double? amperes = step.Members.Number("amplitude_mA") * UnicyclerWords.Milli;
        if (volts is null == amperes is null)
        {
            step.Members.Refuse(volts is null ? "amplitude_V" : "amplitude_mA", "exactly one of amplitude_V and amplitude_mA must be given",
                "amplitude_V for a potentiostatic, amplitude_mA for a galvanostatic spectrum");
        }

        double? start = Frequency(step, "start_frequency_Hz");
        double? end = Frequency(step, "end_frequency_Hz");
        int points = step.Members.PositiveInteger("points_per_decade") ?? UnicyclerWords.DefaultPointsPerDecade;
        int measures = step.Members.PositiveInteger("measures_per_point") ?? UnicyclerWords.DefaultMeasuresPerPoint;
        bool drift = step.Members.Boolean("drift_correction") ?? false;
        return start is null || end is null
            ? null
            : new ImpedanceStep(step.Entry, step.At, step.Id, volts, amperes, start.Value, end.Value, points, measures, drift);
    }

    private static double? Frequency(StepMembers step, string name) => !step.Members.Required(name)
        ? null
        : step.Members.Number(name, value => value is >= UnicyclerWords.MinHertz and <= UnicyclerWords.MaxHertz, "1e-5 to 1e7 Hz");
}
