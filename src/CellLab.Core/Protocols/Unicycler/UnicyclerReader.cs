using CellLab.Core.Documents;
using CellLab.Core.Programs;

namespace CellLab.Core.Protocols.Unicycler;

/// <summary>Reads the JSON form of aurora-unicycler (0.4.6, MIT): <c>sample</c>, <c>record</c>, <c>safety</c>, <c>method</c>.
/// Unknown members are refused at every level.</summary>
internal sealed class UnicyclerReader
{
    private readonly string _file;
    private readonly List<Finding> _errors;
    private readonly List<Finding> _warnings = [];

    private UnicyclerReader(string file, IEnumerable<Finding> earlier)
    {
        _file = file;
        _errors = [.. earlier];
    }

    public static ProtocolReading Read(string file, MapNode root, IReadOnlyList<Finding> earlier)
    {
        var reader = new UnicyclerReader(file, earlier);
        Protocol? protocol = reader.ReadRoot(root);
        return new ProtocolReading(reader._errors.Count == 0 ? protocol : null, InOrder(reader._errors), InOrder(reader._warnings));
    }

    private static List<Finding> InOrder(List<Finding> findings) => [.. findings.OrderBy(f => f.Line).ThenBy(f => f.Column)];

    private Protocol? ReadRoot(MapNode root)
    {
        MemberReader members = Members(root, "");
        CheckVersion(members);
        (string? name, double? capacity) = ReadSample(members);
        RecordRule? record = ReadRecord(members);
        ProtocolLimits limits = ReadLimits(members);
        IReadOnlyList<ProtocolStep>? steps = ReadMethod(members);
        members.RefuseUnknown();
        return record is null || steps is null ? null : new Protocol
        {
            Name = Path.GetFileNameWithoutExtension(_file),
            File = _file,
            SampleName = name,
            CapacityAmpereHours = capacity,
            Record = record,
            Limits = limits,
            Steps = steps,
        };
    }

    private void CheckVersion(MemberReader members)
    {
        if (Map(members, "unicycler") is { } map)
        {
            MemberReader inner = Members(map, "unicycler");
            inner.String("version"); // any version is read; a later one that changed its members is found by them
            inner.RefuseUnknown();
        }
    }

    private (string? Name, double? CapacityAmpereHours) ReadSample(MemberReader members)
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

    private RecordRule? ReadRecord(MemberReader members)
    {
        if (!members.Required("record") || Map(members, "record") is not { } map)
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

    private ProtocolLimits ReadLimits(MemberReader members)
    {
        if (Map(members, "safety") is not { } map)
        {
            return new ProtocolLimits();
        }

        MemberReader inner = Members(map, "safety");
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

    private List<ProtocolStep>? ReadMethod(MemberReader members)
    {
        if (!members.Required("method"))
        {
            return null;
        }

        if (members.Node("method") is not ListNode { Items.Count: > 0 } list)
        {
            members.Refuse("method", "method must be a list with at least one step");
            return null;
        }

        var stepReader = new StepReader(_file, _errors, _warnings);
        ProtocolStep?[] read = [.. list.Items.Select((item, index) => stepReader.Read(item, index + 1))];
        List<ProtocolStep> steps = [.. read.OfType<ProtocolStep>()];
        new MethodRules(_file, _errors, _warnings).Check(steps, read.Length);
        return steps.Count == read.Length ? steps : null;
    }

    private MemberReader Members(MapNode map, string where) => new(map, _file, where, _errors, blankIsNull: false);

    private static MapNode? Map(MemberReader members, string name)
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
