using CellLab.Service.Offline;
using CellLab.Tests.Drivers.Neware;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Service.Offline;

/// <summary>A step file that is read and written again is the same file, element by element.</summary>
public sealed class StepFileRoundTripTests
{
    private const string LoopToFour = """<Limit><Other><Start_Step Value="2"/><Cycle_Count Value="3"/></Other></Limit>""";

    /// <summary>The published description's test of the paper's kind: rest, three cycles at 0.1C, 400 at 1C, 3 mAh.</summary>
    private static readonly string Paper = StepFileImportTexts.File(
        """<Scale Value="1"/><Remark Value="cell-7"/>""",
        """<Protect><Main><Volt><Upper Value="49000"/><Lower Value="18000"/></Volt><Delay_Time Value="5000"/></Main></Protect>""",
        (4, StepFileImportTexts.Rest), (1, StepFileImportTexts.Charge), (2, StepFileImportTexts.Discharge), (5, LoopToFour),
        (1, """<Limit><Main><Curr Value="3"/><Stop_Volt Value="48000"/></Main></Limit>"""),
        (2, """<Limit><Main><Curr Value="3"/><Stop_Volt Value="20000"/></Main></Limit>"""), (5, StepFileImportTexts.Loop(5, 400)));

    /// <summary>GITT: a pulse of 600 s, an hour of rest, and a condition that leaves the loop at 4.8 V.</summary>
    private static readonly string Gitt = StepFileImportTexts.File(
        (1, """<Limit><Main><Curr Value="0.3"/><Time Value="600000"/></Main><Other CndCount="1"><Cnd1 type="1" Function="0" CmpType="4" Jump_Line="4" Value="48000" TimeGoto="0" GlobleUserID="2147483647" GLobleType="1" GlobalVar="2147483647" Aux="0"/></Other></Limit>"""),
        (4, """<Record><Main><Time Value="1000"/></Main></Record><Limit><Main><Time Value="3600000"/></Main></Limit>"""), (5, StepFileImportTexts.Loop(1, 100)),
        (2, """<Limit><Main><Curr Value="0.3"/><Stop_Volt Value="20000"/></Main><Other><Step_Range Value="120000"/></Other></Limit><Protect><Main><Volt><Lower Value="19000"/></Volt></Main></Protect>"""));

    [Fact]
    public void The_examples_of_the_description_come_back()
    {
        StepFileEquality.AssertSame(Paper, Again(Paper));
        StepFileEquality.AssertSame(Gitt, Again(Gitt));
    }

    [Fact]
    public void Whatever_a_file_holds_comes_back()
    {
        int written = 0;
        Prop.ForAll(RandomStepFiles.All.ToArbitrary(), text =>
        {
            if (Convert(text) is { Text: { } again })
            {
                StepFileEquality.AssertSame(text, again);
                written++;
            }
            else
            {
                Assert.Contains(Convert(text).Findings, finding => finding.Message.Contains("at once", StringComparison.Ordinal)); // by chance a cut-off that is met already
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
        Assert.InRange(written, 50, 200);
    }

    [Fact]
    public void A_new_sample_and_capacity_change_what_follows_from_them_and_nothing_else()
    {
        ConvertedProtocol changed = ProtocolConverter.Convert(new ConversionRequest("a.xml", Paper, ProtocolConverter.Neware, "cell-8", null, 0.006), TimeProvider.System);
        string[] differ = [.. StepFileEquality.Lines(changed.Text!).Except(StepFileEquality.Lines(Paper))];
        Assert.Equal(
            [".root.config.Head_Info.MultCap Value=21600", ".root.config.Head_Info.Remark Value=cell-8", ".root.config.Step_Info.Step2.Limit.Main.Curr Value=0.6", ".root.config.Step_Info.Step3.Limit.Main.Curr Value=0.6"],
            differ);
    }

    [Theory]
    [InlineData(ProtocolConverter.Unicycler)]
    [InlineData(ProtocolConverter.PyBamm)]
    public void Other_formats_refuse_conditions_and_protections_unless_the_loss_is_accepted(string target)
    {
        var request = new ConversionRequest("a.xml", Gitt, target, null, null, null);
        ConvertedProtocol refused = ProtocolConverter.Convert(request, TimeProvider.System);
        ConvertedProtocol accepted = ProtocolConverter.Convert(request with { AcceptLosses = true }, TimeProvider.System);
        Assert.Null(refused.Text);
        Assert.Equal(2, refused.Findings.Count(finding => finding.Hint!.Contains("--accept-losses", StringComparison.Ordinal)));
        Assert.NotNull(accepted.Text);
        Assert.Contains(accepted.Findings, finding => finding.Message == "not carried over: step 2 (constant_current): the condition voltage >= 48000 (as in the file), then step 4");
        Assert.Contains(accepted.Findings, finding => finding.Message == "not carried over: step 5 (constant_current): its current range 120 A");
    }

    private static string Again(string text)
    {
        ConvertedProtocol converted = Convert(text);
        Assert.True(converted.Text is not null, string.Join('\n', converted.Findings) + "\n" + text);
        return converted.Text!;
    }

    private static ConvertedProtocol Convert(string text) =>
        ProtocolConverter.Convert(new ConversionRequest("a.xml", text, ProtocolConverter.Neware, null, null, null), TimeProvider.System);
}
