using System.Globalization;
using CellLab.Core.Programs;
using CellLab.Core.Protocols.Language;

namespace CellLab.Core.Protocols;

/// <summary>Steps of other instruments and of people back as entries of a protocol.</summary>
internal static class OtherInstrumentEntries
{
    private const double Milli = 1e-3;

    public static ProtocolStep Of(OtherInstrumentStep step, int entry) => step.Kind == StepNames.Impedance
        ? new ImpedanceStep(
            entry, default, null, Number(step, "amplitude_V"), Number(step, "amplitude_mA") * Milli, Number(step, "start_frequency_Hz") ?? 0,
            Number(step, "end_frequency_Hz") ?? 0, (int)(Number(step, "points_per_decade") ?? 0), (int)(Number(step, "measures_per_point") ?? 0),
            step.Members.GetValueOrDefault("drift_correction") == "true")
        {
            HoldVolts = Number(step, "hold_voltage_V"),
        }
        : new HostedStep(entry, default, null, step.Kind, HostedKinds.Of(step.Kind).Need, step.Members);

    private static double? Number(OtherInstrumentStep step, string member) =>
        step.Members.TryGetValue(member, out string? text) ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;
}
