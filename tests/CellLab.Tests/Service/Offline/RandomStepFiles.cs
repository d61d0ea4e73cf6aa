using CellLab.Tests.Drivers.Neware;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Service.Offline;

/// <summary>Step files by chance: all kinds of step that are known, with and without records, conditions, protections, ranges, unselected and unknown members.</summary>
internal static class RandomStepFiles
{
    private static readonly Gen<string> Time = Gen.Elements("""<Time Value="3600000"/>""", """<Time Value="90500.000000" Is_Select="1"/>""");
    private static readonly Gen<string> Cap = Gen.Elements("", "", """<Cap Value="7200"/>""", """<Cap Value="0" Is_Select="0"/>""");
    private static readonly Gen<string> Current = Gen.Elements(
        """<Curr Value="0.3"/>""", """<Curr Value="0.3000" Is_Select="1"/><Rate Value="0.1"/>""", """<Curr Value="0.30004"/><Rate Value="0.1"/>""", """<Curr Value="1"/><Rate Value="7"/>""");
    private static readonly Gen<string> StopCurrent = Gen.Elements("", """<Stop_Curr Value="0.15"/>""", """<Stop_Curr Value="0.15"/><Stop_Rate Value="0.05"/>""");
    private static readonly Gen<string> Unknown = Gen.Elements("", "", """<Stop_Dv Value="50"/>""", """<Stop_Temp Value="0" Is_Select="0"/>""");
    private static readonly Gen<string> Record = Gen.Elements(
        "", "", "<Record/>", """<Record><Main><Time Value="1000"/><Volt Value="10"/></Main></Record>""", """<Record><Main><Time Value="30000"/><Volt Value="50"/><Curr Value="0.1"/></Main></Record>""");
    private static readonly Gen<string> Other = Gen.Elements(
        "", "", "<Other/>", """<Other><Step_Range Value="120000"/></Other>""",
        """<Other CndCount="1"><Cnd1 type="1" Function="0" CmpType="3" Jump_Line="65526" Value="42500" TimeGoto="0" GlobleUserID="2147483647" GLobleType="1" GlobalVar="2147483647" Aux="0"/></Other>""",
        """<Other CndCount="2"><Cnd1 type="22" ExpressionName="e" Expression="x&lt;1" CmpType="5" Jump_Line="65535" Value="1"/><Cnd2 type="2" CmpType="6" Jump_Line="1" Value="0.01"/><Step_Range Value="5"/></Other>""");
    private static readonly Gen<string> Protect = Gen.Elements(
        "", "", "<Protect/>", """<Protect><Main><Volt><Upper Value="49500"/><Lower Value="15000"/></Volt><Delay_Time Value="2000"/></Main></Protect>""",
        """<Protect><Main><Cap><Upper Value="0"/></Cap></Main></Protect><AdvancedPrt><Volt Drop="1"/></AdvancedPrt>""");

    private static readonly Gen<(int, string)> Rest = Step([4], Gen.Constant("""<Time Value="21600000"/>"""));
    private static readonly Gen<(int, string)> Cc = Step([1], Joined(Current, Time, Cap, Gen.Constant("""<Stop_Volt Value="48500"/>"""), Unknown));
    private static readonly Gen<(int, string)> Dc = Step([2], Joined(Current, Time, Cap, Gen.Constant("""<Stop_Volt Value="19500.00"/>"""), Unknown));
    private static readonly Gen<(int, string)> Hold = Step([3], Joined(Gen.Elements("""<Volt Value="48000"/>""", """<Volt Value="48500"/>"""), Gen.Elements("", """<Curr Value="0.3"/>"""), StopCurrent, Gen.Constant("""<Time Value="1800000"/>"""), Cap));
    private static readonly Gen<(int, string)> HoldDown = Step([19], Joined(Gen.Constant("""<Volt Value="20000"/>"""), StopCurrent, Gen.Constant("""<Time Value="1800000"/>""")));
    private static readonly Gen<(int, string)> Both = Step([7], Joined(Current, Gen.Constant("""<Volt Value="46000"/>"""), StopCurrent, Gen.Constant("""<Time Value="7200000"/>"""), Cap, Unknown));
    private static readonly Gen<(int, string)> BothDown = Step([20], Joined(Current, Gen.Constant("""<Volt Value="21000"/>"""), StopCurrent, Gen.Constant("""<Time Value="7200000"/>"""), Cap));
    private static readonly Gen<(int, string)> Scan = Gen.Elements(
        (25, """<Slope SlopeType="1" Cycle_Count="1" ItemCount="1"><Slope1 StartValue="30000" EndValue="48000" Value="0.1"/></Slope>"""),
        (25, """<Record><Main><Time Value="1000"/></Main></Record><Slope SlopeType="1" ItemCount="1"><Slope1 StartValue="48000" EndValue="30000" Value="1"/></Slope>"""));

    private static readonly Gen<(int, string)> Any = Gen.OneOf(Rest, Cc, Dc, Hold, HoldDown, Both, BothDown, Scan);

    private static readonly Gen<string> Head = Joined(
        Gen.Elements("", """<Scale Value="1"/>"""), Gen.Elements("", """<Creator Value="user"/><PN Value="12"/>"""), Gen.Elements("", """<Remark Value="cell-7"/>"""),
        Gen.Elements("", """<SCQ Value="2000"/><SCQ_F Value="0.00002"/>"""));

    private static readonly Gen<string> Whole = Joined(
        Gen.Elements("", """<Record><Main><Time Value="30000"/><Volt Value="50"/></Main></Record>"""),
        Gen.Elements("", """<Protect><Main><Volt><Upper Value="49000"/><Lower Value="18000"/></Volt><Curr><Upper Value="6"/></Curr><Delay_Time Value="5000"/></Main></Protect>""",
            """<Protect><Main><Volt><Upper Value="49000"/></Volt><Delay Value="5000"/></Main><Aux><Temp><Upper Value="600"/></Temp></Aux></Protect>"""));

    /// <summary>Steps with a loop over the last of them, and another one round that.</summary>
    public static readonly Gen<string> All =
        from steps in Any.NonEmptyListOf()
        from inner in Gen.Choose(1, 3)
        from outer in Gen.Choose(0, 3)
        from head in Head
        from whole in Whole
        select StepFileImportTexts.File(head, whole, [.. WithLoops([.. steps.Take(8)], inner, outer)]);

    private static IEnumerable<(int, string)> WithLoops((int, string)[] steps, int inner, int outer)
    {
        int first = Math.Max(1, steps.Length - 1);
        return outer == 0 ? [.. steps, (5, StepFileImportTexts.Loop(first, inner))]
            : [.. steps, (5, StepFileImportTexts.Loop(first, inner)), (5, StepFileImportTexts.Loop(1, outer))];
    }

    private static Gen<(int, string)> Step(int[] types, Gen<string> main) =>
        from type in Gen.Elements(types)
        from values in main
        from record in Record
        from other in Other
        from protect in Protect
        select (type, $"{record}<Limit><Main>{values}</Main>{other}</Limit>{protect}");

    private static Gen<string> Joined(params Gen<string>[] parts) =>
        parts.Aggregate(Gen.Constant(""), (all, next) => from before in all from one in next select before + one);
}
