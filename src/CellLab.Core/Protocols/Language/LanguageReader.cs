using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Protocols.Unicycler;

namespace CellLab.Core.Protocols.Language;

/// <summary>Reads CellLab's own protocol file (<c>celllab_protocol: 1</c>; docs: how-to, write your own protocol) and unfolds it into the entries
/// that a <see cref="Protocol"/> has. Finds all errors at once.</summary>
internal sealed class LanguageReader
{
    private readonly LanguageContext _context;
    private readonly FileHead _head;

    private LanguageReader(LanguageContext context)
    {
        _context = context;
        _head = new FileHead(context.File, context.Errors);
    }

    public static bool Recognises(MapNode root) =>
        root.Find(LanguageWords.Version) is not null || root.Members is [{ Name: var first }, ..] && NearMiss.Find(first, [LanguageWords.Version]) is not null;

    public static ProtocolReading Read(string file, MapNode root, IReadOnlyList<Finding> earlier, IReadOnlyDictionary<string, string> settings)
    {
        var context = new LanguageContext(file, earlier);
        Protocol? protocol = new LanguageReader(context).ReadRoot(ParameterSubstitution.Apply(root, settings, context));
        return ProtocolReading.Of(protocol, InOrder(context.Errors), InOrder(context.Warnings));
    }

    private static List<Finding> InOrder(List<Finding> findings) => [.. findings.Distinct().OrderBy(f => f.Line).ThenBy(f => f.Column)];

    private Protocol? ReadRoot(MapNode root)
    {
        MemberReader members = _head.Members(root, "");
        CheckVersion(members);
        _context.RefuseEmpty(root, LanguageWords.Version, "method", LanguageWords.Parameters, "description");
        members.Node(LanguageWords.Parameters);
        string? name = Name(members);
        string? description = members.String("description");
        (string? sample, double? capacity) = _head.Sample(members);
        RateBase rateBase = RateBaseReader.Read(members);
        (double Low, double High)? window = WindowRules.Read(members);
        ProtocolLimits limits = _head.Limits(members, members.IsWritten("safety") ? "safety" : "limits");
        RecordRule? record = _head.Record(members, required: false);
        InstrumentPart? part = InstrumentPartReader.Read(members, _context);
        var method = MethodReader.Read(members, _context);
        members.RefuseUnknown();
        RateBaseReader.CheckOnce(members, capacity, rateBase);
        if (method is null)
        {
            return null;
        }

        rateBase.CheckBlock(method.Blocks.Keys, _context);
        IReadOnlyList<ProtocolStep> steps = new MethodUnfolder(method, _context).Unfold();
        if (steps.Count == 0 && _context.Errors.Count == 0)
        {
            members.Refuse("method", "the method holds no step");
        }

        CheckSteps(steps, window, limits);
        return new Protocol
        {
            Name = name ?? Path.GetFileNameWithoutExtension(_context.File),
            File = _context.File,
            Description = description,
            SampleName = sample,
            CapacityAmpereHours = capacity ?? rateBase.AmpereHours,
            SpecificCapacityMilliampereHoursPerGram = rateBase.MilliampereHoursPerGram,
            MeasuredIn = rateBase.Measured,
            InstrumentPart = part,
            Record = record ?? DefaultRule(steps),
            RecordIsDefault = record is null,
            Limits = WindowRules.LimitsFor(window, limits),
            Steps = steps,
        };
    }

    private static string? Name(MemberReader members)
    {
        const int longest = 80;
        string? name = members.String("name")?.Trim();
        if (name is not null && (name.Length is 0 or > longest || name.Any(char.IsControl)))
        {
            members.Refuse("name", $"the name must have 1 to {longest} characters on one line");
        }

        return name;
    }

    private static void CheckVersion(MemberReader members)
    {
        if (members.Required(LanguageWords.Version) && members.Number(LanguageWords.Version) is { } version && version != 1)
        {
            members.Refuse(LanguageWords.Version, FormattableString.Invariant($"{LanguageWords.Version} is {version}, known is 1"), "write celllab_protocol: 1");
        }
    }

    private void CheckSteps(IReadOnlyList<ProtocolStep> steps, (double Low, double High)? window, ProtocolLimits limits)
    {
        new WindowRules(_context).Check(steps, window, limits);
        PlausibleSteps.Check(steps, _context);
        new MethodRules(_context.File, _context.Errors, _context.Warnings).CheckHolds(steps);
    }

    private static RecordRule DefaultRule(IReadOnlyList<ProtocolStep> steps) => DefaultRecordRule.Slowest(
        steps.Where(step => step is not (TagMark or LoopBack or ImpedanceStep or HostedStep)).Select(step => DefaultRecordRule.For((step as ConstantCurrentStep)?.RateC)));
}
