using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Unicycler;

/// <summary>Reads one entry of <c>method</c>; entry 0 is one that has no number yet. Blank texts count as absent.</summary>
internal sealed class StepReader(string file, ICollection<Finding> errors, ICollection<Finding> warnings)
{
    /// <summary>CellLab's own form: it has further kinds of step, and further ends that were read before.</summary>
    public bool WithOwnKinds { get; init; }

    public bool EndsOtherwise { get; init; }

    private IReadOnlyList<string> Kinds => WithOwnKinds ? [.. StepNames.All, StepNames.ConstantPower, StepNames.ConstantResistance] : StepNames.All;

    public ProtocolStep? Read(DocumentNode node, int entry)
    {
        if (node is not MapNode map)
        {
            errors.Add(new Finding(file, node.At.Line, node.At.Column, $"step {entry} must be an object with a member step"));
            return null;
        }

        if (KindOf(map, entry) is not { } kind)
        {
            return null;
        }

        var members = new MemberReader(map, file, entry > 0 ? $"step {entry} ({kind})" : kind, errors, blankIsNull: true);
        members.Node("step");
        int before = errors.Count;
        ProtocolStep? step = ReadKind(kind, new StepMembers(members, entry, members.String("id"), file, warnings) { EndsOtherwise = EndsOtherwise });
        members.RefuseUnknown();
        return errors.Count == before ? step : null;
    }

    private string? KindOf(MapNode map, int entry)
    {
        var members = new MemberReader(map, file, $"step {entry}", errors, blankIsNull: true);
        if (!members.Required("step") || members.String("step") is not { } kind)
        {
            return null;
        }

        if (Kinds.Contains(kind))
        {
            return kind;
        }

        string? meant = NearMiss.Find(kind, Kinds);
        members.Refuse("step", $"unknown kind of step '{kind}'",
            meant is null ? $"allowed: {string.Join(", ", StepNames.All)}" : $"did you mean '{meant}'?");
        return null;
    }

    private static ProtocolStep? ReadKind(string kind, StepMembers step) => kind switch
    {
        StepNames.OpenCircuit => OpenCircuit(step),
        StepNames.ConstantCurrent => ControlledSteps.ConstantCurrent(step),
        StepNames.ConstantVoltage => ControlledSteps.ConstantVoltage(step),
        StepNames.ConstantPower => ControlledSteps.PowerOrResistance(step, power: true),
        StepNames.ConstantResistance => ControlledSteps.PowerOrResistance(step, power: false),
        StepNames.VoltageScan => Scan(step),
        StepNames.Impedance => ImpedanceReader.Read(step),
        StepNames.Loop => LoopReader.Read(step),
        _ => Tag(step),
    };

    private static OpenCircuitStep? OpenCircuit(StepMembers step) =>
        step.Members.RequiredPositive("until_time_s") is { } seconds ? new OpenCircuitStep(step.Entry, step.At, step.Id, seconds) : null;

    private static VoltageScanStep? Scan(StepMembers step)
    {
        double? start = step.Members.RequiredNumber("start_voltage_V");
        double? end = step.Members.RequiredNumber("end_voltage_V");
        double? rate = step.Members.RequiredPositive("scan_rate_mV_per_s") * UnicyclerWords.Milli;
        if (start is null || end is null || rate is null)
        {
            return null;
        }

        if (start == end)
        {
            step.Members.Refuse("end_voltage_V", "end_voltage_V equals start_voltage_V", "a scan needs two different voltages");
        }

        return new VoltageScanStep(step.Entry, step.At, step.Id, start.Value, end.Value, rate.Value);
    }

    private static TagMark? Tag(StepMembers step) =>
        step.Members.Required("tag") && step.Members.String("tag") is { } tag ? new TagMark(step.Entry, step.At, step.Id, tag) : null;
}
