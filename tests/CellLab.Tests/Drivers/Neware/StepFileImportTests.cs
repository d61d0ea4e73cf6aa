using System.Text;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using CellLab.Drivers.Neware.StepFile;
using static CellLab.Tests.Drivers.Neware.StepFileImportTexts;

namespace CellLab.Tests.Drivers.Neware;

public sealed class StepFileImportTests
{
    /// <summary>Rest 6 h, three cycles at 0.1C between 2.0 and 4.8 V, then 400 at 1C, 3 mAh.</summary>
    private static readonly string Paper = File(
        """<Scale Value="1"/><Remark Value="cell-7"/>""",
        """
        <Record><Main><Time Value="30000"/><Volt Value="50"/></Main></Record>
        <Protect><Main><Volt><Upper Value="49000"/><Lower Value="18000"/></Volt><Curr><Upper Value="6"/><Lower Value="-6"/></Curr><Cap><Upper Value="14400"/></Cap><Delay_Time Value="5000"/></Main></Protect>
        """,
        (4, Rest), (1, Charge), (2, Discharge), (5, Loop(2, 3)),
        (1, """<Limit><Main><Curr Value="3"/><Stop_Volt Value="48000"/></Main></Limit>"""),
        (2, """<Limit><Main><Curr Value="3"/><Stop_Volt Value="20000"/></Main></Limit>"""), (5, Loop(5, 400)));

    [Fact]
    public void The_paper_kind_of_test_is_read_element_by_element()
    {
        Protocol protocol = Read(Paper);
        Assert.Equal(("cell-7", 0.003, "file"), (protocol.SampleName, protocol.CapacityAmpereHours, protocol.Name));
        Assert.Equal(new RecordRule(30, 0.005, null), protocol.Record);
        Assert.Equal(
            new ProtocolLimits { MaxVolts = 4.9, MinVolts = 1.8, MaxAmperes = 0.006, MinAmperes = -0.006, MaxAmpereHours = 0.004, DelaySeconds = 5 },
            protocol.Limits with { At = default });
        Assert.Equal(
            [
                new OpenCircuitStep(1, default, null, 21600),
                new TagMark(2, default, null, "loop-4"),
                new ConstantCurrentStep(3, default, null, 0.1, null, null, 4.8),
                new ConstantCurrentStep(4, default, null, -0.1, null, null, 2.0),
                new LoopBack(5, default, null, "loop-4", 0, 3),
                new TagMark(6, default, null, "loop-7"),
                new ConstantCurrentStep(7, default, null, null, 0.003, null, 4.8),
                new ConstantCurrentStep(8, default, null, null, -0.003, null, 2.0),
                new LoopBack(9, default, null, "loop-7", 0, 400),
            ],
            Entries(Paper));
        Assert.Empty(NewareStepFileReader.Read("file.xml", Paper).Warnings);
    }

    [Fact]
    public void A_held_voltage_keeps_direction_and_ends() => Assert.Equal(
        [
            new ConstantVoltageStep(1, default, null, 4.8, 3600, 0.05, null),
            new ConstantVoltageStep(2, default, null, 2.0, null, null, -0.03e-3),
        ],
        Entries(File(
            (3, """<Limit><Main><Volt Value="48000"/><Time Value="3600000"/><Stop_Curr Value="0.15"/><Stop_Rate Value="0.05"/></Main></Limit>"""),
            (19, """<Limit><Main><Volt Value="20000"/><Stop_Curr Value="0.03"/></Main></Limit>"""))));

    [Theory]
    [InlineData(7, 1)]
    [InlineData(20, -1)]
    public void Current_and_voltage_in_one_step_stay_one_with_all_their_ends(int type, double sign) => Assert.Equal(
        [
            new TagMark(1, default, null, "loop-2"),
            new ConstantVoltageStep(2, default, null, 4.2, 7200, sign * 0.05, null) { StartRateC = sign * 1, UntilCapacity = new CapacityEnd(0.002, null) },
            new LoopBack(3, default, null, "loop-2", 0, 2),
        ],
        Entries(File((type, """<Limit><Main><Curr Value="3"/><Rate Value="1"/><Volt Value="42000"/><Stop_Curr Value="0.15"/><Stop_Rate Value="0.05"/><Time Value="7200000"/><Cap Value="7200"/></Main></Limit>"""), (5, Loop(1, 2)))));

    [Fact]
    public void A_voltage_scan_is_read() => Assert.Equal(
        [new VoltageScanStep(1, default, null, 3.0, 4.8, 1e-4)],
        Entries(File((25, """<Slope SlopeType="1" Cycle_Count="1" ItemCount="1"><Slope1 StartValue="30000" EndValue="48000" Value="0.1"/></Slope>"""))));

    [Fact]
    public void Loops_may_lie_in_loops_and_begin_at_the_same_step() => Assert.Equal(
        ["tag", "tag", "constant_current", "constant_current", "loop", "open_circuit_voltage", "loop"],
        Read(File((1, Charge), (2, Discharge), (5, Loop(1, 3)), (4, Rest), (5, Loop(1, 2)))).Steps.Select(step => step.Kind));

    [Theory]
    [InlineData("utf-8")]
    [InlineData("GB18030")]
    public void The_bytes_decide_the_encoding_whatever_is_declared(string encoding)
    {
        Encoding bytes = encoding == "utf-8" ? new UTF8Encoding(true) : CodePagesEncodingProvider.Instance.GetEncoding(encoding)!;
        Protocol protocol = Read(StepFileText.Decode(bytes.GetBytes(File("""<Remark Value="电池7"/>""", "", (4, Rest)))));
        Assert.Equal("电池7", protocol.SampleName);
    }

    [Theory]
    [InlineData("105", "0.5", 0.1, null)]
    [InlineData("103", "0.5", null, 0.0005)]
    [InlineData("103", "0.3", 0.1, null)]
    public void The_rate_counts_where_the_file_means_it(string rateType, string milliamperes, double? rate, double? amperes)
    {
        string text = File((1, Charge.Replace("\"0.3\"", $"\"{milliamperes}\"", StringComparison.Ordinal)))
            .Replace("<RateType Value=\"103\"/>", $"<RateType Value=\"{rateType}\"/>", StringComparison.Ordinal);
        Assert.Equal(new ConstantCurrentStep(1, default, null, rate, amperes, null, 4.8), Entries(text).Single() with { InstrumentPart = null });
    }
}
