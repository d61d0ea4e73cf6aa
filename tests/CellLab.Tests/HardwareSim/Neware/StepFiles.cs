using System.Globalization;
using System.Text;
using CellLab.HardwareSim.Neware.Program;

namespace CellLab.Tests.HardwareSim.Neware;

/// <summary>Step files as text, built from the vendor's elements.</summary>
internal static class StepFiles
{
    public const string Window = "<Protect><Main><Volt><Upper Value=\"49000\"/><Lower Value=\"18000\"/></Volt><Delay_Time Value=\"5000\"/></Main></Protect>";

    public static string Text(IReadOnlyList<string> steps, string whole = Window, double recordSeconds = 30, string scale = "1")
    {
        var body = new StringBuilder();
        for (int i = 0; i < steps.Count; i++)
        {
            body.Append(CultureInfo.InvariantCulture, $"<Step{i + 1} Step_ID=\"{i + 1}\" {steps[i]}</Step{i + 1}>");
        }

        return $"""
            <?xml version="1.0" encoding="GB2312"?>
            <root><config type="Step File" version="17"><Head_Info><Scale Value="{scale}"/><Start_Step Value="1"/></Head_Info>
            <Whole_Prt>{whole}<Record><Main><Time Value="{(recordSeconds * 1000).ToString(CultureInfo.InvariantCulture)}"/></Main></Record></Whole_Prt>
            <Step_Info Num="{steps.Count}">{body}</Step_Info></config></root>
            """;
    }

    public static BtsProgram Program(params string[] steps) => StepFileReader.Read(Encoding.UTF8.GetBytes(Text(steps)));

    public static string Charge(double milliamperes, double volts) => Step(1, $"<Curr Value=\"{N(milliamperes)}\"/><Stop_Volt Value=\"{N(volts * 1e4)}\"/>");

    public static string Discharge(double milliamperes, double volts) => Step(2, $"<Curr Value=\"{N(milliamperes)}\"/><Stop_Volt Value=\"{N(volts * 1e4)}\"/>");

    public static string ChargeFor(double milliamperes, double seconds) => Step(1, $"<Curr Value=\"{N(milliamperes)}\"/><Time Value=\"{N(seconds * 1e3)}\"/>");

    public static string Rest(double seconds) => Step(4, $"<Time Value=\"{N(seconds * 1e3)}\"/>");

    public static string Loop(int to, int passes) => $"Step_Type=\"5\"><Limit><Other><Start_Step Value=\"{to}\"/><Cycle_Count Value=\"{passes}\"/></Other></Limit>";

    public static string End => "Step_Type=\"6\">";

    public static string Pause => "Step_Type=\"13\">";

    public static string Step(int type, string children) => $"Step_Type=\"{type}\"><Limit><Main>{children}</Main></Limit>";

    private static string N(double value) => Math.Round(value, 6).ToString(CultureInfo.InvariantCulture);
}
