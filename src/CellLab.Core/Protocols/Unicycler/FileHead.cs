using CellLab.Core.Documents;
using CellLab.Core.Programs;

namespace CellLab.Core.Protocols.Unicycler;

/// <summary>Reads the members round the method that unicycler's files and CellLab's own have in common.</summary>
internal sealed class FileHead(string file, ICollection<Finding> errors)
{
    public (string? Name, double? CapacityAmpereHours) Sample(MemberReader members)
    {
        if (Map(members, "sample") is not { } map)
        {
            return (null, null);
        }

        MemberReader inner = Members(map, "sample");
        string? name = inner.String("name");
        double? capacity = inner.Positive("capacity_mAh");
        inner.RefuseUnknown();
        bool placeholder = string.IsNullOrWhiteSpace(name) || name == UnicyclerWords.NamePlaceholder;
        return (placeholder ? null : name, capacity * UnicyclerWords.Milli);
    }

    /// <summary>The record rule; null without one, with an error where it is needed.</summary>
    public RecordRule? Record(MemberReader members, bool required = true)
    {
        if ((required && !members.Required("record")) || Map(members, "record") is not { } map)
        {
            return null;
        }

        MemberReader inner = Members(map, "record");
        double? interval = inner.RequiredPositive("time_s");
        double? volts = inner.Positive("voltage_V");
        double? amperes = inner.Positive("current_mA") * UnicyclerWords.Milli;
        inner.RefuseUnknown();
        return interval is null ? null : new RecordRule(interval.Value, volts, amperes);
    }

    public ProtocolLimits Limits(MemberReader members, string name = "safety")
    {
        if (Map(members, name) is not { } map)
        {
            return new ProtocolLimits();
        }

        MemberReader inner = Members(map, name);
        var limits = new ProtocolLimits
        {
            At = map.At,
            MaxVolts = inner.Number("max_voltage_V"),
            MinVolts = inner.Number("min_voltage_V"),
            MaxAmperes = inner.Number("max_current_mA") * UnicyclerWords.Milli,
            MinAmperes = inner.Number("min_current_mA") * UnicyclerWords.Milli,
            MaxAmpereHours = inner.Number("max_capacity_mAh", value => value >= 0, "0 or more") * UnicyclerWords.Milli,
            DelaySeconds = inner.Number("delay_s", value => value >= 0, "0 or more"),
        };
        inner.RefuseUnknown();
        RefuseInverted(inner, "max_voltage_V", "min_voltage_V", limits.MaxVolts, limits.MinVolts);
        RefuseInverted(inner, "max_current_mA", "min_current_mA", limits.MaxAmperes, limits.MinAmperes);
        return limits;
    }

    private static void RefuseInverted(MemberReader inner, string maxName, string minName, double? max, double? min)
    {
        if (max <= min)
        {
            inner.Refuse(maxName, $"{maxName} must be greater than {minName}", "exchange or correct the two limits");
        }
    }

    public MemberReader Members(MapNode map, string where) => new(map, file, where, errors, blankIsNull: false);

    public static MapNode? Map(MemberReader members, string name)
    {
        switch (members.Node(name))
        {
            case null:
                return null;
            case MapNode map:
                return map;
            default:
                members.Refuse(name, $"{name} must be an object in braces");
                return null;
        }
    }
}
