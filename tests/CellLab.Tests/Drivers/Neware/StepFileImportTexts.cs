using CellLab.Core.Protocols;
using CellLab.Drivers.Neware.StepFile;

namespace CellLab.Tests.Drivers.Neware;

/// <summary>Step files as the BTS client exports them, put together for tests.</summary>
internal static class StepFileImportTexts
{
    public const string Charge = """<Limit><Main><Curr Value="0.3"/><Rate Value="0.1"/><Stop_Volt Value="48000"/></Main></Limit>""";
    public const string Discharge = """<Limit><Main><Curr Value="0.3"/><Rate Value="0.1"/><Stop_Volt Value="20000"/></Main></Limit>""";
    public const string Rest = """<Limit><Main><Time Value="21600000"/></Main></Limit>""";

    public static string File(params (int Type, string Content)[] steps) => File("", "", steps);

    /// <summary>A file with further elements in its head and in the whole test; the end is added.</summary>
    public static string File(string head, string whole, params (int Type, string Content)[] steps)
    {
        IEnumerable<string> lines = steps.Append((Type: 6, Content: ""))
            .Select((step, i) => FormattableString.Invariant($"<Step{i + 1} Step_ID=\"{i + 1}\" Step_Type=\"{step.Type}\">{step.Content}</Step{i + 1}>"));
        return $"""
            <?xml version="1.0" encoding="GB2312"?>
            <root><config type="Step File" version="17" client_version="BTS Client 8.0.0.478(2024.06.24)(R3)" date="20260101120000" Guid="1">
            <Head_Info><Operate Value="66"/><Start_Step Value="1" Hide_Ctrl_Step="0"/><RateType Value="103"/><MultCap Value="10800"/>{head}</Head_Info>
            <Whole_Prt>{whole}</Whole_Prt>
            <Step_Info Num="{steps.Length + 1}">
            {string.Join("\n", lines)}
            </Step_Info><SMBUS><SMBUS_Info Num="0" AdjacentInterval="0"/></SMBUS></config></root>
            """;
    }

    public static string Loop(int start, int passes) =>
        FormattableString.Invariant($"""<Limit><Other><Start_Step Value="{start}"/><Cycle_Count Value="{passes}"/></Other></Limit>""");

    public static Protocol Read(string text)
    {
        ProtocolReading reading = NewareStepFileReader.Read("file.xml", text);
        Assert.Empty(reading.Errors);
        return reading.Protocol!;
    }

    /// <summary>The entries without their places in the file.</summary>
    public static IEnumerable<ProtocolStep> Entries(string text) => Read(text).Steps.Select(step => step with { At = default });
}
