using CellLab.Core.Documents;
using CellLab.Core.Programs;

namespace CellLab.Core.Protocols.Language;

/// <summary>Members of structured steps that unicycler does not know: <c>until_capacity_mAh</c>, <c>until_capacity_mAh_per_g</c>,
/// <c>until_drift_mV_per_h</c> (rest), <c>record</c> with <c>time_s</c>, <c>voltage_V</c>, <c>current_mA</c>, the start of a CCCV step
/// (<see cref="StartCurrent"/>), and what came with the step from an instrument's file.</summary>
internal sealed record OwnMembers(CapacityEnd? Capacity, double? VoltsPerSecond, double? PeriodSeconds, double? DeltaVolts, double? DeltaAmperes)
{
    private const string CellCapacity = "until_capacity_mAh";
    private const string SpecificCapacity = "until_capacity_mAh_per_g";
    private const string Drift = "until_drift_mV_per_h";
    private const string Record = "record";
    private const double Milli = 1e-3;
    private const double SecondsPerHour = 3600;

    private static readonly string[] WithCapacity =
        [StepNames.ConstantCurrent, StepNames.ConstantVoltage, StepNames.ConstantPower, StepNames.ConstantResistance];

    public InstrumentPart? Part { get; init; }

    public StartCurrent? Start { get; init; }

    public static OwnMembers Read(MapNode map, LanguageContext context)
    {
        string kind = (map.Find("step")?.Value as ScalarNode)?.Text ?? "";
        MemberReader members = context.Members(map, kind);
        double? whole = WithCapacity.Contains(kind) ? members.Positive(CellCapacity) * Milli : null;
        double? perGram = WithCapacity.Contains(kind) ? members.Positive(SpecificCapacity) * Milli : null;
        if (whole is not null && perGram is not null)
        {
            members.Refuse(SpecificCapacity, $"both {CellCapacity} and {SpecificCapacity} are given", "keep one of them");
        }

        double? drift = kind == StepNames.OpenCircuit ? members.Positive(Drift) * Milli / SecondsPerHour : null;
        (double? period, double? volts, double? amperes) = ReadRecord(members, context);
        return new OwnMembers(whole is null && perGram is null ? null : new CapacityEnd(whole, whole is null ? perGram : null), drift, period, volts, amperes)
        {
            Part = InstrumentPartReader.Read(members, context),
            Start = kind == StepNames.ConstantVoltage ? StartCurrent.Read(members) : null,
        };
    }

    /// <summary>The map as unicycler knows it; a member that does not belong to this kind of step stays, and is refused there.</summary>
    public static MapNode Without(MapNode map)
    {
        string kind = (map.Find("step")?.Value as ScalarNode)?.Text ?? "";
        return map with
        {
            Members = [.. map.Members.Where(member => member.Name is not (Record or InstrumentPartReader.Member)
                && !(StartCurrent.Members.Contains(member.Name) && kind == StepNames.ConstantVoltage)
                && !(member.Name is CellCapacity or SpecificCapacity && WithCapacity.Contains(kind)) && !(member.Name == Drift && kind == StepNames.OpenCircuit))],
        };
    }

    public ProtocolStep AddTo(ProtocolStep step, LanguageContext context)
    {
        ProtocolStep full = step with { InstrumentPart = Part, UntilCapacity = Capacity, PeriodSeconds = PeriodSeconds, RecordDeltaVolts = DeltaVolts, RecordDeltaAmperes = DeltaAmperes };
        return full switch
        {
            OpenCircuitStep rest => rest with { UntilVoltsPerSecond = VoltsPerSecond },
            ConstantVoltageStep hold when Start is not null => Start.AddTo(hold, context),
            _ => full,
        };
    }

    private static (double? Period, double? Volts, double? Amperes) ReadRecord(MemberReader members, LanguageContext context)
    {
        if (Unicycler.FileHead.Map(members, Record) is not { } map)
        {
            return default;
        }

        context.RefuseEmpty(map);
        MemberReader inner = context.Members(map, Record);
        (double?, double?, double?) rule = (inner.Positive("time_s"), inner.Positive("voltage_V"), inner.Positive("current_mA") * Milli);
        inner.RefuseUnknown();
        return rule;
    }
}
