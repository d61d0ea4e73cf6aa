using CellLab.Core.Documents;
using CellLab.Core.Protocols.Unicycler;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Core.Protocols.Language;

/// <summary>Reads steps written with members: those of unicycler by the same names, and CellLab's own.</summary>
internal sealed class StructuredSteps(LanguageContext context)
{
    private static readonly string[] Known =
    [
        .. StepNames.All.Where(name => name is not (StepNames.Loop or StepNames.Tag)), StepNames.ConstantPower, StepNames.ConstantResistance, CompositeSteps.Gitt, CompositeSteps.Cv,
        .. HostedKinds.All.Select(kind => kind.Name),
    ];

    /// <summary>Empty when anything is wrong with it.</summary>
    public IReadOnlyList<MethodItem> Read(MapNode map)
    {
        int before = context.Errors.Count;
        IReadOnlyList<MethodItem> items = ReadAny(map);
        return context.Errors.Count == before ? items : [];
    }

    private IReadOnlyList<MethodItem> ReadAny(MapNode map)
    {
        string kind = (map.Find("step")!.Value as ScalarNode)?.Text ?? "";
        if (HostedKinds.All.FirstOrDefault(known => known.Name == kind) is { } hosted)
        {
            return Item(map, Hosted(map, hosted));
        }

        return kind switch
        {
            CompositeSteps.Gitt => CompositeSteps.ReadGitt(Members(map, kind), map.At),
            CompositeSteps.Cv => CompositeSteps.ReadCv(Members(map, kind), map.At),
            StepNames.Impedance => Item(map, Impedance(map)),
            StepNames.Loop or StepNames.Tag => Refused(map, $"a {kind} is not needed in this form", "nest the steps under 'repeat: N' and 'steps:'"),
            _ when Known.Contains(kind) => Item(map, Plain(map)),
            _ => Refused(map, $"unknown kind of step '{kind}'",
                NearMiss.Find(kind, Known) is { } meant ? $"did you mean '{meant}'?" : $"allowed: {string.Join(", ", Known)}"),
        };
    }

    private static IReadOnlyList<MethodItem> Item(MapNode map, ProtocolStep? step) => step is null ? [] : [new StepItem(map.At, step)];

    private IReadOnlyList<MethodItem> Refused(MapNode map, string message, string hint)
    {
        context.Error(map.Find("step")!.At, message, hint);
        return [];
    }

    /// <summary>A step with the members that unicycler does not know taken off and read here.</summary>
    private ProtocolStep? Plain(MapNode map)
    {
        OwnMembers own = OwnMembers.Read(map, context);
        var reader = new StepReader(context.File, context.Errors, context.Warnings) { WithOwnKinds = true, EndsOtherwise = own.Capacity is not null };
        return reader.Read(OwnMembers.Without(map), 0) is { } step ? own.AddTo(step, context) : null;
    }

    private MemberReader Members(MapNode map, string kind)
    {
        MemberReader members = context.Members(map, kind);
        members.Node("step");
        members.Node("id");
        return members;
    }

    /// <summary>A spectrum with the place of its measurement: <c>at: rest</c> (default) or <c>at: hold</c> with <c>hold_voltage_V</c>.</summary>
    private ProtocolStep? Impedance(MapNode map)
    {
        MemberReader members = context.Members(map, StepNames.Impedance);
        string at = members.String("at") ?? "rest";
        double? volts = members.Number("hold_voltage_V");
        if (at is not ("rest" or "hold"))
        {
            members.Refuse("at", $"at is '{at}', expected rest or hold");
        }
        else if (at == "hold" != volts is not null && members.Clean)
        {
            members.Refuse(members.IsWritten("at") ? "at" : "hold_voltage_V", "a spectrum at hold needs 'at: hold' and hold_voltage_V");
        }

        MapNode rest = map with { Members = [.. map.Members.Where(member => member.Name is not ("at" or "hold_voltage_V"))] };
        return Plain(rest) is ImpedanceStep step ? step with { HoldVolts = volts } : null;
    }

    /// <summary>A list in one line, as a sentence would have it.</summary>
    private static string? TextOf(DocumentNode node) => node switch
    {
        ScalarNode { Kind: not ScalarKind.Null } scalar => scalar.Text,
        ListNode list => string.Join(", ", list.Items.Select(item => item is ScalarNode scalar ? scalar.Text : "a list or object")),
        MapNode => "an object",
        _ => null,
    };

    private HostedStep Hosted(MapNode map, HostedKind kind)
    {
        MemberReader members = Members(map, kind.Name);
        foreach (HostedMember member in kind.Members)
        {
            if (member.IsRequired && !members.Required(member.Name))
            {
                continue;
            }

            _ = member.IsFree ? members.Node(member.Name)?.ToString() : member.IsNumber ? members.Positive(member.Name)?.ToString(System.Globalization.CultureInfo.InvariantCulture) : members.String(member.Name);
        }

        members.RefuseUnknown();
        Dictionary<string, string> values = map.Members.Where(member => member.Name != "step").Select(member => (member.Name, Text: TextOf(member.Value)))
            .Where(member => member.Text is not null).ToDictionary(member => member.Name, member => member.Text!);
        if (kind.Name == TriggerMemberNames.Kind && members.Clean)
        {
            foreach (TriggerProblem problem in TriggerStepReader.Check(values))
            {
                members.Refuse(problem.Member, problem.Message, problem.Hint);
            }
        }

        return new HostedStep(0, map.At, values.GetValueOrDefault("id"), kind.Name, kind.Need, values);
    }
}
