using System.Text;
using CellLab.Core.Documents;
using CellLab.Core.Protocols;
using CellLab.Service.Offline;
using CellLab.Tests.Core;
using CellLab.Tests.Drivers.Neware;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Service.Offline;

/// <summary>Whatever is done to a file: a protocol that compiles or is refused, or findings; no exception, no hang. A failure prints its seed.</summary>
[Trait("Suite", "Broad")]
public sealed class DamagedImportTests
{
    private static int Inputs => Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1" ? 5000 : 1500;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private static readonly string[] Scraps =
        ["", "\"", "{", "}", "[", "]", ",", ":", "0", "-", "<", ">", "/", "&", " ", "(", ")", "\n", "1e999", "-1e-320", "NaN", "until ", " for ", "C/", "ä", "\u0000", "99999999", "repeat", "Value", "oC", "]]>"];

    private const string Text = """
        # first cycle
        Rest for 10 minutes (5 minute period)
        Charge at 0.1C for 15 hours or until 4.8 V
        Hold at 4.8 V for 30 minutes or until C/50
        Discharge at 25 mA until < 2.0 V
        Charge at 1C until 4.8 V
        Discharge at 1C until 2 V
        Charge at 1C until 4.8 V
        Discharge at 1C until 2 V
        Charge at 1C until 4.8 V
        Discharge at 1C until 2 V
        """;

    private const string Json = """
        {"experiment": ["Rest for 1 hour", ["Charge at 0.1C until 4.8 V", "Discharge at 0.1C until 2 V"],
          {"repeat": 400, "steps": ["Charge at 5C until 4.8 V", {"repeat": 2, "steps": ["Rest for 1 minute"]}]}],
         "period": "10 seconds", "termination": ["80% capacity"]}
        """;

    private static readonly string StepFile = StepFileImportTexts.File(
        """<Scale Value="1"/><Remark Value="电池7"/>""",
        """<Record><Main><Time Value="30000"/></Main></Record><Protect><Main><Volt><Upper Value="49000"/></Volt></Main></Protect>""",
        (4, StepFileImportTexts.Rest), (1, StepFileImportTexts.Charge), (2, StepFileImportTexts.Discharge), (5, StepFileImportTexts.Loop(2, 3)),
        (7, """<Limit><Main><Curr Value="3"/><Rate Value="1"/><Volt Value="42000"/><Stop_Curr Value="0.15"/></Main><Other CndCount="1"><Cnd1 type="1" CmpType="4" Jump_Line="65526" Value="42000"/></Other></Limit>"""),
        (25, """<Slope SlopeType="1" Cycle_Count="1" ItemCount="1"><Slope1 StartValue="30000" EndValue="48000" Value="0.1"/></Slope>"""));

    [Fact]
    public Task Experiment_text() => Survives("damaged.txt", Text);

    [Fact]
    public Task Experiment_json() => Survives("damaged.json", Json);

    [Fact]
    public Task Step_files() => Survives("damaged.xml", StepFile);

    [Fact]
    public Task Unicycler_files() => Survives("damaged.json", RepositoryFiles.Text("config", "protocols", "rate-map.json"));

    private static Task Survives(string file, string good) => Task.Run(() =>
        Prop.ForAll(Damaged(Encoding.UTF8.GetBytes(good)).ToArbitrary(), bytes => Check(file, bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(Inputs)))
        .WaitAsync(Longest, TimeProvider.System);

    private static void Check(string file, byte[] bytes)
    {
        ProtocolReading reading = ProtocolSource.Read(file, ProtocolSource.Decode(bytes));
        Assert.True(reading.Protocol is null == reading.Errors.Count > 0);
        Assert.All(reading.Errors.Concat(reading.Warnings), IsUseful);
        foreach (string target in reading.Protocol is null ? [] : new[] { ProtocolConverter.PyBamm, ProtocolConverter.Neware, ProtocolConverter.Unicycler })
        {
            ConvertedProtocol converted = ProtocolConverter.Convert(
                new ConversionRequest(file, ProtocolSource.Decode(bytes), target, "cell", null, 1e-3), TimeProvider.System);
            Assert.True(converted.Text is not null || converted.Findings.Count > 0);
        }
    }

    private static void IsUseful(Finding finding) => Assert.True(finding.Line >= 0 && finding.Column >= 0 && finding.Message.Length > 0);

    private static Gen<byte[]> Damaged(byte[] good) =>
        from edits in (from place in Gen.Choose(0, good.Length)
                       from length in Gen.Choose(0, 12)
                       from scrap in Gen.OneOf(Gen.Elements(Scraps).Select(Encoding.UTF8.GetBytes), Gen.Choose(0, 255).Select(one => new[] { (byte)one }))
                       select (place, length, scrap)).NonEmptyListOf()
        select edits.Take(4).Aggregate(good, (bytes, edit) => Edit(bytes, edit.place, edit.length, edit.scrap));

    private static byte[] Edit(byte[] bytes, int place, int length, byte[] scrap)
    {
        int start = Math.Min(place, bytes.Length);
        return [.. bytes[..start], .. scrap, .. bytes[Math.Min(bytes.Length, start + length)..]];
    }
}
