namespace CellLab.Core.Protocols.Language;

/// <summary>A member of such a step: a number greater than 0, or a text.</summary>
internal sealed record HostedMember(string Name, bool IsNumber, bool IsRequired);

internal sealed record HostedKind(string Name, string Need, IReadOnlyList<HostedMember> Members);

/// <summary>Steps that need another instrument or a person beside the cycler.</summary>
internal static class HostedKinds
{
    public static IReadOnlyList<HostedKind> All { get; } =
    [
        new("dems_background", "the mass spectrometer records its background here", [Number("duration_s", required: true)]),
        new("dems_calibration", "calibration gas is to flow here", [Text("gas", required: true), Number("duration_s", required: true), Number("flow_ml_per_min"), Number("fraction_ppm")]),
        new("trigger", "a pulse to another instrument is due here", [Text("target", required: true), Number("every_s"), Number("every_mAh_per_g"), Number("every_voltage_V"), Number("count"), Number("exposure_s")]),
        new("barrier", "it waits for another instrument", [Text("wait_for", required: true), Number("timeout_s")]),
        new("operator_task", "a person has to do something here", [Text("text", required: true), Number("timeout_s")]),
        new("harvest", "the cell is to be taken out here", [Text("text"), Number("voltage_V")]),
    ];

    private static HostedMember Number(string name, bool required = false) => new(name, true, required);

    private static HostedMember Text(string name, bool required = false) => new(name, false, required);
}
