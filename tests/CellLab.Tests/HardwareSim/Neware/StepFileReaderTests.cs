using System.Text;
using CellLab.HardwareSim.Neware.Program;

namespace CellLab.Tests.HardwareSim.Neware;

public sealed class StepFileReaderTests
{
    [Fact]
    public void Units_of_the_file_become_volts_seconds_and_milliampere_seconds()
    {
        BtsProgram program = StepFiles.Program(
            StepFiles.Step(7, "<Curr Value=\"0.15\"/><Volt Value=\"48000\"/><Stop_Curr Value=\"0.01\"/><Time Value=\"3600000\"/><Cap Value=\"10800\"/>"),
            StepFiles.End);
        BtsStep step = program[1];
        Assert.Equal(BtsStepType.ChargeCurrentVoltage, step.Type);
        Assert.Equal(0.15, step.Milliamperes);
        Assert.Equal(4.8, step.TargetVolts, 9);
        Assert.Equal(0.01, step.StopMilliamperes);
        Assert.Equal(3600, step.Seconds);
        Assert.Equal(10800, step.MilliampereSeconds);
        Assert.Equal(30, step.Record.Seconds);
        Assert.Equal(4.9, step.Protection.UpperVolts!.Value, 9);
        Assert.Equal(1.8, step.Protection.LowerVolts!.Value, 9);
        Assert.Equal(5, step.Protection.DelaySeconds);
    }

    [Fact]
    public void Another_scale_divides_capacities_and_says_so()
    {
        string[] steps = [StepFiles.Step(1, "<Curr Value=\"1\"/><Cap Value=\"1080000\"/>"), StepFiles.End];
        BtsProgram program = StepFileReader.Read(Encoding.UTF8.GetBytes(StepFiles.Text(steps, scale: "100")));
        Assert.Equal(10800, program[1].MilliampereSeconds);
        Assert.Single(program.Notes);
    }

    [Fact]
    public void A_gb18030_file_is_read_whatever_it_declares()
    {
        string text = StepFiles.Text([StepFiles.Rest(60), StepFiles.End]).Replace("<Scale", "<Remark Value=\"电池\"/><Scale", StringComparison.Ordinal);
        byte[] bytes = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text);
        Assert.Equal(2, StepFileReader.Read(bytes).Steps.Count);
    }

    [Fact]
    public void A_scan_has_its_ramps()
    {
        BtsProgram program = StepFiles.Program(
            "Step_Type=\"25\"><Slope SlopeType=\"1\" Cycle_Count=\"2\" ItemCount=\"1\"><Slope1 StartValue=\"30000\" EndValue=\"45000\" Value=\"1\"/></Slope>",
            StepFiles.End);
        Assert.Equal(2, program[1].Slopes.Count);
        Assert.Equal(new BtsSlope(3, 4.5, 1e-3), program[1].Slopes[0]);
    }

    public static TheoryData<string, string> Rejected => new()
    {
        { "<root/>", "root/config" },
        { "<root><config/></root>", "Step_Info" },
        { "not xml", "well-formed" },
        { StepFiles.Text([StepFiles.Rest(1)]), "last step" },
        { StepFiles.Text([StepFiles.Step(8, "<Power Value=\"1\"/>"), StepFiles.End]), "type 8" },
        { StepFiles.Text([StepFiles.Step(1, "<Curr Value=\"0.1\"/>"), StepFiles.End]), "an end" },
        { StepFiles.Text([StepFiles.Step(1, "<Stop_Volt Value=\"48000\"/>"), StepFiles.End]), "Curr above 0" },
        { StepFiles.Text([StepFiles.Step(7, "<Curr Value=\"1\"/><Volt Value=\"48000\"/>"), StepFiles.End]), "an end" },
        { StepFiles.Text([StepFiles.Rest(1), StepFiles.Loop(2, 3), StepFiles.End]), "does not lie before it" },
        { StepFiles.Text([StepFiles.Step(4, "<Time Value=\"soon\"/>"), StepFiles.End]), "'soon' is not a number" },
        { StepFiles.Text(["Step_Type=\"1\"><Limit><Other CndCount=\"1\"><Cnd1 type=\"1\"/></Other></Limit>", StepFiles.End]), "Cnd1: attribute CmpType is missing" },
        { StepFiles.Text(["Step_Type=\"1\"><Limit><Other CndCount=\"1\"><Cnd1 type=\"22\" CmpType=\"3\" Value=\"1\" Jump_Line=\"65526\"/></Other></Limit>", StepFiles.End]), "type 22" },
    };

    [Theory]
    [MemberData(nameof(Rejected))]
    public void A_file_that_the_tester_cannot_run_is_rejected_with_its_reason(string text, string reason)
    {
        BtsProgramException e = Assert.Throws<BtsProgramException>(() => StepFileReader.Read(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"C:\steps\a.xml", true)]
    [InlineData(@"c:\STEPS\sub\a.xml", true)]
    [InlineData(@"C:\steps\..\a.xml", false)]
    [InlineData(@"D:\steps\a.xml", false)]
    [InlineData(@"C:\steps2\a.xml", false)]
    [InlineData(@"C:\steps\missing.xml", false)]
    public void Only_files_of_the_shared_folder_are_read(string path, bool found)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("celllab-steps-");
        try
        {
            folder.CreateSubdirectory("sub");
            File.WriteAllText(Path.Combine(folder.FullName, "a.xml"), "x");
            File.WriteAllText(Path.Combine(folder.FullName, "sub", "a.xml"), "x");
            var place = new StepFilePlace(folder.FullName, @"C:\steps");
            if (found)
            {
                Assert.Single(place.Read(path));
            }
            else
            {
                Assert.Contains(path, Assert.Throws<BtsProgramException>(() => place.Read(path)).Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
