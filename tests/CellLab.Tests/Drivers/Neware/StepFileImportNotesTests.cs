using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Drivers.Neware.StepFile;
using static CellLab.Tests.Drivers.Neware.StepFileImportTexts;

namespace CellLab.Tests.Drivers.Neware;

/// <summary>What an import tells: losses as warnings, what would change the test as errors.</summary>
public sealed class StepFileImportNotesTests
{
    [Fact]
    public void Another_scale_divides_capacities_and_is_told()
    {
        ProtocolReading reading = NewareStepFileReader.Read("f.xml", File("""<Scale Value="100"/>""", "", (4, Rest)));
        Assert.Equal(3e-5, reading.Protocol!.CapacityAmpereHours!.Value, 1e-12);
        Assert.Contains("Scale is 100", Assert.Single(reading.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<Limit><Main><Curr Value="1"/><Rate Value="7"/><Time Value="1000"/></Main></Limit>""", "103", "step 1 (CC charge): Rate 7C: at MultCap it would be 21 mA, Curr is 1 mA and wins")]
    [InlineData("""<Limit><Main><Curr Value="1"/><Rate Value="7"/><Time Value="1000"/></Main></Limit>""", "105", "not carried over: step 1 (CC charge): Curr 1 mA: the file counts in C-rates, and Rate gives 21 mA")]
    [InlineData("""<Limit><Main><Curr Value="1"/><Time Value="1000"/></Main><Other><Step_Range Value="120000"/></Other></Limit>""", "103", null)]
    public void What_contradicts_itself_is_told_by_step(string content, string rateType, string? told)
    {
        string text = File((1, content)).Replace("<RateType Value=\"103\"/>", $"<RateType Value=\"{rateType}\"/>", StringComparison.Ordinal);
        string[] messages = [.. NewareStepFileReader.Read("f.xml", text).Warnings.Select(warning => warning.Message)];
        Assert.Equal(told is null ? [] : [told], messages);
    }

    [Theory]
    [InlineData("""<Limit><Main><Curr Value="1"/><Time Value="1000"/></Main><Other CndCount="1"><Cnd1 type="1" CmpType="4" Jump_Line="65526" Value="42000"/></Other></Limit>""", "the condition voltage >= 42000 (as in the file), then the next step", null)]
    [InlineData("""<Limit><Main><Curr Value="1"/><Time Value="1000"/></Main></Limit><Protect><Main><Volt><Upper Value="43000"/></Volt></Main></Protect>""", "its own protection (Volt/Upper 43000)", null)]
    [InlineData("""<Limit><Main><Curr Value="1"/><Time Value="1000"/></Main></Limit><AdvancedPrt><Drop Value="1"/></AdvancedPrt>""", "its advanced protection", null)]
    [InlineData("""<Limit><Main><Curr Value="1"/><Time Value="1000"/><Stop_Dv Value="50"/></Main></Limit>""", "its Stop_Dv 50", null)]
    [InlineData("""<Limit><Main><Curr Value="1"/><Time Value="1000"/></Main><Other><Step_Range Value="120000"/></Other></Limit>""", null, "its current range 120 A")]
    [InlineData("""<Limit><Main><Curr Value="1"/><Time Value="1000"/><Cap Value="0"/><Stop_Dv Value="50" Is_Select="0"/></Main></Limit><Protect><Main><Volt><Upper Value="0"/></Volt></Main></Protect>""", null, null)]
    public void What_a_protocol_has_no_words_for_goes_along_and_is_named(string content, string? deciding, string? settings)
    {
        InstrumentPart? part = Read(File((1, content))).Steps[0].InstrumentPart;
        Assert.Equal((deciding, settings), (part?.DecidingText, part?.SettingsText));
        Assert.Equal(deciding is null, part?.Deciding is null);
    }

    [Fact]
    public void What_the_whole_test_has_beside_goes_along_and_is_named()
    {
        string text = File("""<SCQ Value="2000"/>""", """<Protect><Aux><Temp><Upper Value="600"/></Temp></Aux></Protect>""", (4, Rest))
            .Replace("version=\"17\"", "version=\"12\"", StringComparison.Ordinal).Replace("<Start_Step Value=\"1\"", "<Start_Step Value=\"2\"", StringComparison.Ordinal);
        ProtocolReading reading = NewareStepFileReader.Read("f.xml", text);
        InstrumentPart whole = reading.Protocol!.InstrumentPart!;
        Assert.Equal("that the test begins with step 2, protection of the whole test (Temp/Upper 600)", whole.DecidingText);
        Assert.Contains("the active mass 2 mg", whole.SettingsText, StringComparison.Ordinal);
        Assert.Contains("version is '12'", Assert.Single(reading.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_in_elements_without_end_are_refused() => Assert.Contains(
        "more than 32 deep", ErrorOf(string.Concat(Enumerable.Repeat("<a>", 50_000)) + string.Concat(Enumerable.Repeat("</a>", 50_000))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(8, "constant power discharge")]
    [InlineData(9, "constant power charge")]
    [InlineData(10, "constant resistance discharge")]
    [InlineData(13, "pause")]
    [InlineData(16, "pulse")]
    [InlineData(17, "simulation")]
    [InlineData(18, "pack CCCV charge")]
    [InlineData(21, "control")]
    [InlineData(22, "open circuit voltage")]
    [InlineData(26, "CPCV discharge")]
    [InlineData(27, "CPCV charge")]
    [InlineData(99, "type 99, which is not known")]
    public void Steps_that_a_protocol_does_not_know_are_refused_by_name(int type, string name) =>
        Assert.Contains($"step 1 ({name}", ErrorOf(File((type, Charge))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "<Limit><Main><Stop_Volt Value=\"1\"/></Main></Limit>", "Curr gives no current")]
    [InlineData(1, "<Limit><Main><Curr Value=\"1\"/></Main></Limit>", "neither Time nor Stop_Volt")]
    [InlineData(3, "<Limit><Main><Volt Value=\"1\"/></Main></Limit>", "neither Time nor Stop_Curr")]
    [InlineData(3, "<Limit><Main><Time Value=\"1\"/></Main></Limit>", "it has no Volt")]
    [InlineData(4, "", "it has no Time")]
    [InlineData(4, "<Limit><Main><Time Value=\"1 h\"/></Main></Limit>", "Time is '1 h', expected a number")]
    [InlineData(25, "", "it has no Slope")]
    [InlineData(5, "", "Start_Step is missing")]
    public void A_step_without_what_it_needs_is_refused(int type, string content, string message) =>
        Assert.Contains(
            NewareStepFileReader.Read("f.xml", File((4, Rest), (type, content))).Errors,
            error => error.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void Crossing_loops_and_loops_forward_are_refused()
    {
        Assert.Contains("the loops cross", ErrorOf(File((4, Rest), (4, Rest), (5, Loop(1, 2)), (5, Loop(2, 2)))).Message, StringComparison.Ordinal);
        Assert.Contains("does not lie before it", ErrorOf(File((4, Rest), (5, Loop(2, 2)))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<root>", "this is not XML")]
    [InlineData("<root/>", "this is no step file")]
    [InlineData("<!DOCTYPE root [<!ENTITY a 'b'>]><root>&a;</root>", "this is not XML")]
    [InlineData("<root><config version='17'><Step_Info><Step1 Step_ID='1' Step_Type='4'/></Step_Info></config></root>", "the last step is no end")]
    [InlineData("<root><config version='17'><Step_Info><Step1 Step_ID='2' Step_Type='6'/></Step_Info></config></root>", "Step_ID is '2', expected 1")]
    [InlineData("<root><config version='17'><Step_Info><Step1 Step_ID='1' Step_Type='6'/></Step_Info></config></root>", "holds no step but its end")]
    public void What_is_no_step_file_is_refused(string text, string message) => Assert.Contains(message, ErrorOf(text).Message, StringComparison.Ordinal);

    private static Finding ErrorOf(string text) => Assert.Single(NewareStepFileReader.Read("f.xml", text).Errors);
}
