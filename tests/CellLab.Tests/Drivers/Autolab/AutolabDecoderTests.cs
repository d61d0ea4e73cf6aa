using System.Text;
using System.Text.Json.Nodes;
using CellLab.Drivers.Autolab.Decoding;
using CellLab.Drivers.Catalog;
using CellLab.Tests.Cli;

namespace CellLab.Tests.Drivers.Autolab;

public sealed class AutolabDecoderTests
{
    private const string Recorded =
        """
        {"id":3,"ok":true,"serial":"AUT50001","hasFra":true,"cell":false}
        {"id":4,"ok":false,"error":{"code":"busy","message":"run r0 is under way"}}
        {"ev":"started","seq":1,"run":"r1","t0_utc":"2026-01-01T00:00:00.000Z"}
        {"ev":"step","seq":2,"run":"r1","count":1,"step":1,"t_s":0}
        {"ev":"sample","seq":3,"run":"r1","t_s":0.05,"e_V":3.1001,"i_A":-2.5E-05,"overload":false}
        {"ev":"sample","seq":6,"run":"r1","t_s":0.1,"e_V":null,"i_A":1,"overload":true}
        {"ev":"eis","seq":7,"run":"r1","n":1,"f_Hz":100000,"zre_ohm":5.214,"zim_ohm":-1.151,"e_V":3.1,"i_A":1E-06,"overload":false}
        {"ev":"finished","seq":8,"run":"r1","reason":"limit","points":2,"t_s":12.5,"cell_off":true,"code":"limit","text":"4.91 V"}
        {"ev":"alarm","seq":9,"code":"timeout","text":"the SDK hangs"}

        """;

    [Fact]
    public void Answers_runs_alarms_and_what_is_missing_come_out()
    {
        DecodedBytes decoded = new AutolabDecoder().Decode(Encoding.UTF8.GetBytes(Recorded + """{"ev":"alive","""));
        JsonObject json = decoded.Document;

        Assert.Equal("AUT50001", (string?)Assert.Single(json["answers"]!.AsArray())!["serial"]);
        Assert.Equal("busy", (string?)Assert.Single(json["refusals"]!.AsArray())!["code"]);
        JsonNode run = Assert.Single(json["runs"]!.AsArray())!;
        Assert.Equal(
            """[{"t_s":0.05,"voltage_v":3.1001,"current_a":-2.5E-05,"overload":false},{"t_s":0.1,"voltage_v":null,"current_a":1,"overload":true}]""",
            run["samples"]!.ToJsonString());
        Assert.Equal(("r1", -1.151, "limit"), ((string?)run["run"], (double?)run["spectrum"]![0]!["im_ohm"], (string?)run["finished"]!["reason"]));
        Assert.Equal("the SDK hangs", (string?)json["alarms"]![0]!["text"]);
        Assert.Equal(2, (int?)json["events_lost"]);
        Assert.Equal(["line 6: event 6 follows event 3", "line 10: the file ends within a line (14 bytes)"], decoded.Faults);
        Assert.Contains("r1: 0.05 s  3.10010 V  -2.5000e-05 A", decoded.Lines);
    }

    [Fact]
    public async Task The_verb_reads_the_recording_beside_the_tests()
    {
        var run = new CliRun();

        int code = await run.RunAsync("device", "decode", "autolab", Path.Combine(AppContext.BaseDirectory, "Drivers", "Recordings", "autolab.wire"));

        Assert.Equal((0, ""), (code, run.Reason));
        Assert.Contains("serial \"AUT50001\"", run.Out.ToString(), StringComparison.Ordinal);
    }
}
