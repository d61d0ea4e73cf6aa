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
    private readonly FileHead _head;

    private UnicyclerReader(string file, IEnumerable<Finding> earlier)
    {
        _file = file;
        _errors = [.. earlier];
        _head = new FileHead(file, _errors);
    }

    public static ProtocolReading Read(string file, MapNode root, IReadOnlyList<Finding> earlier)
    {
        var reader = new UnicyclerReader(file, earlier);
        Protocol? protocol = reader.ReadRoot(root);
        return ProtocolReading.Of(protocol, InOrder(reader._errors), InOrder(reader._warnings));
    }

    private static List<Finding> InOrder(List<Finding> findings) => [.. findings.OrderBy(f => f.Line).ThenBy(f => f.Column)];

    private Protocol? ReadRoot(MapNode root)
    {
        MemberReader members = _head.Members(root, "");
        CheckVersion(members);
        (string? name, double? capacity) = _head.Sample(members);
        RecordRule? record = _head.Record(members);
        ProtocolLimits limits = _head.Limits(members);
        IReadOnlyList<ProtocolStep>? steps = ReadMethod(members);
        members.RefuseUnknown();
        return steps is null ? null : new Protocol
        {
            Name = Path.GetFileNameWithoutExtension(_file),
            File = _file,
            SampleName = name,
            CapacityAmpereHours = capacity,
            Record = record ?? DefaultRecordRule.For((double?)null),
            Limits = limits,
            Steps = steps,
        };
    }

    private void CheckVersion(MemberReader members)
    {
        if (FileHead.Map(members, "unicycler") is { } map)
        {
            MemberReader inner = _head.Members(map, "unicycler");
            inner.String("version"); // any version is read; a later one that changed its members is found by them
            inner.RefuseUnknown();
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
        return _errors.Count == 0 ? steps : [.. read.Select((step, index) => step is null or LoopBack ? new UnreadStep(index + 1, list.Items[index].At) : step)];
    }
}
