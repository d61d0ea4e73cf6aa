using System.Text;
using System.Text.Json.Nodes;
using CellLab.Drivers.MethodScript.Decoding;
using CellLab.Tests.Cli;

namespace CellLab.Tests.Drivers.MethodScript;

public sealed class DecoderTests
{
    private const string Recorded =
        "tes4_hr1100#Jan 28 2022 11:04:43\nR*\niES4HR20C0001\nv01.08.00\nl\nrM0007\nPda8000800u;ba8000800u,10,20B\nPda8000800u;ba8000800u,12,20B\n*\nM000D\n*\n!0032: Line 12\n";

    [Fact]
    public void Packages_loops_error_and_identity_come_out()
    {
        JsonObject json = new MethodScriptDecoder().Decode(Encoding.Latin1.GetBytes(Recorded)).Document;

        Assert.Equal(2, json["packages"]!.AsArray().Count);
        JsonNode current = json["packages"]![1]!["variables"]![1]!;
        Assert.Equal(("ba", "8000800u", 2.048e-3, "A"), ((string?)current["type"], (string?)current["raw"], (double)current["value"]!, (string?)current["unit"]));
        Assert.Equal((2, "overload", 11), ((int)current["status"]!, (string?)current["status_text"], (int)current["range"]!));
        Assert.Equal([("CA", 2), ("EIS", 0)], json["loops"]!.AsArray().Select(l => ((string)l!["technique"]!, (int)l["packages"]!)));
        Assert.Equal(("0032", 12), ((string?)json["error"]!["code"], (int)json["error"]!["line"]!));
        Assert.Null(json["error"]!["column"]);
        Assert.Equal(
            """{"type":"es4_hr","firmware":"1.1.00","release":"release","serial":"ES4HR20C0001","methodscript":"01.08.00"}""",
            json["identity"]!.ToJsonString());
        Assert.False((bool)json["ended"]!);
    }

    [Fact]
    public async Task The_verb_prints_json_and_tells_damage_on_standard_error()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Recorded + "Pda80\n\n");
        var run = new CliRun();

        int code = await run.RunAsync("device", "decode", "methodscript", file, "--json");

        Assert.Equal(0, code);
        JsonNode json = JsonNode.Parse(run.Out.ToString())!;
        Assert.True((bool)json["ended"]!);
        Assert.Contains("line 13", Assert.Single(json["faults"]!.AsArray())!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("line 13", run.Reason, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_wire_recording_is_decoded_by_what_was_received()
    {
        string file = Path.GetTempFileName();
        string hex = Convert.ToHexStringLower(Encoding.Latin1.GetBytes(Recorded));
        await File.WriteAllLinesAsync(
            file, ["# CellLab wire recording 1", "2026-01-01T00:00:00.0012000Z > 740a", $"2026-01-01T00:00:00.0057000Z < {hex}"]);
        var run = new CliRun();

        await run.RunAsync("device", "decode", "methodscript", file, "--json");

        Assert.Equal("es4_hr", (string?)JsonNode.Parse(run.Out.ToString())!["identity"]!["type"]);
        File.Delete(file);
    }

    [Fact]
    public async Task An_unknown_kind_is_wrong_usage_and_a_missing_file_a_refusal()
    {
        var run = new CliRun();
        Assert.Equal(2, await run.RunAsync("device", "decode", "nonsense", "x"));
        Assert.Equal(1, await run.RunAsync("device", "decode", "methodscript", "/no/such/file"));
    }
}
