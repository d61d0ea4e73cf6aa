using CellLab.Core.Programs;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Core.Protocols.Language;

/// <summary>A member of such a step: a number greater than 0, or a text.</summary>
internal sealed record HostedMember(string Name, bool IsNumber, bool IsRequired)
{
    /// <summary>Its form is checked by who uses it; it may be a list.</summary>
    public bool IsFree { get; init; }
}

/// <param name="Role">Who does it, where that does not stand in a member.</param>
internal sealed record HostedKind(string Name, string Need, string Role, CellMeanwhile Meanwhile, IReadOnlyList<HostedMember> Members)
{
    /// <summary>A member that names the role wins.</summary>
    public string RoleFor(IReadOnlyDictionary<string, string> values) =>
        values.TryGetValue("target", out string? named) || values.TryGetValue("wait_for", out named)
            ? named is "operator" ? OtherInstrumentStep.Person : named : Role;
}

/// <summary>Steps that need another instrument or a person beside the cycler.</summary>
internal static class HostedKinds
{
    public static IReadOnlyList<HostedKind> All { get; } =
    [
        new("dems_background", "the mass spectrometer records its background here", "ms", CellMeanwhile.RestsAtOpenCircuit, [Number("duration_s", required: true)]),
        new("dems_calibration", "calibration gas is to flow here", "ms", CellMeanwhile.RestsAtOpenCircuit, [Text("gas", required: true), Number("duration_s", required: true), Number("flow_ml_per_min"), Number("fraction_ppm")]),
        new("trigger", "a pulse to another instrument is due here", "xrd", CellMeanwhile.GoesOnCycling, [Text("target", required: true), .. TriggerMemberNames.All.Select(member => new HostedMember(member.Name, false, false) { IsFree = true })]),
        new("barrier", "it waits for another instrument", "xrd", CellMeanwhile.RestsAtOpenCircuit, [Text("wait_for", required: true), Number("timeout_s")]),
        new("operator_task", "a person has to do something here", OtherInstrumentStep.Person, CellMeanwhile.RestsAtOpenCircuit, [Text("text", required: true), Number("timeout_s")]),
        new("harvest", "the cell is to be taken out here", OtherInstrumentStep.Person, CellMeanwhile.TakenOut, [Text("text"), Number("voltage_V")]),
    ];

    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static HostedKind Of(string name) => All.FirstOrDefault(kind => kind.Name == name) ?? throw new ArgumentException($"'{name}' is no kind of hosted step", nameof(name));

    private static HostedMember Number(string name, bool required = false) => new(name, true, required);

    private static HostedMember Text(string name, bool required = false) => new(name, false, required);
}
