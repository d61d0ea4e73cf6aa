using System.Text.Json.Nodes;
using CellLab.AutolabBridge;
using CellLab.AutolabBridge.Running;
using CellLab.AutolabBridge.Wire;
using CellLab.Transport;

namespace CellLab.Tests.Drivers.Autolab;

/// <summary>The bridge's requests, clients that come and go, and a library that does not come back.</summary>
public sealed class BridgeProtocolTests
{
    private const string LongRun = """{"duration_s":1e9,"interval_s":0.05,"record_s":1e6}""";

    [Fact]
    public async Task Hello_tells_the_versions_and_that_it_is_a_stand_in()
    {
        await using BridgeRig rig = await BridgeRig.StartAsync(connect: false);
        JsonNode hello = await rig.AskAsync("hello", ("protocol", 1), ("client", "test"));
        Assert.Equal((1, true, "2.1.0.0", true), ((int)hello["protocol"]!, (bool)hello["accepted"]!, (string)hello["sdkVersion"]!, (bool)hello["simulated"]!));
        Assert.Empty(hello["missing"]!.AsArray());
    }

    [Fact]
    public async Task Without_the_library_hello_says_so_and_nothing_is_started()
    {
        await using BridgeRig rig = await BridgeRig.StartAsync(sdk: Path.GetTempPath(), connect: false);
        JsonNode hello = await rig.AskAsync("hello", ("protocol", 1));
        Assert.Contains("EcoChemie.Autolab.Sdk.dll", (string?)hello["missing"]![0], StringComparison.Ordinal);
        Assert.Equal("sdk_missing", Code(await rig.StartAsync("ocp", LongRun)));
        Assert.Equal("sdk_missing", Code(await rig.AskAsync("connect", ("hardwareSetup", "x"), ("adk", "y"))));
    }

    [Fact]
    public async Task An_instrument_that_was_not_connected_is_not_driven()
    {
        await using BridgeRig rig = await BridgeRig.StartAsync(connect: false);
        Assert.Equal("not_connected", Code(await rig.StartAsync("ocp", LongRun)));
        Assert.False((bool)(await rig.AskAsync("status"))["connected"]!);
    }

    [Theory]
    [InlineData("nonsense", "bad_request")]
    [InlineData("""{"id":1}""", "bad_request")]
    [InlineData("""{"id":1,"op":"fly"}""", "unknown_op")]
    [InlineData("""{"id":1,"op":"cell","on":true,"setpoint":3}""", "bad_request")]
    [InlineData("""{"id":1,"op":"run","run":"a","technique":"cp","params":{"current_A":1e-5},"limits":{"maxSeconds":10}}""", "bad_request")]
    [InlineData("""{"id":1,"op":"run","run":"a","technique":"ocp","params":{"duration_s":5},"limits":{}}""", "bad_request")]
    [InlineData("""{"id":1,"op":"run","run":"a","technique":"ocp","params":{"duration_s":5,"interval_s":0.001},"limits":{"maxSeconds":9}}""", "bad_request")]
    public async Task A_wrong_request_is_refused_with_its_reason_and_the_next_one_is_served(string line, string code)
    {
        await using BridgeRig rig = await BridgeRig.StartAsync();
        await rig.SendAsync(line);
        Assert.Equal(code, Code(await rig.UntilAsync(answer => answer["error"] is not null)));
        Assert.True((bool)(await rig.AskAsync("status"))["connected"]!);
    }

    [Fact]
    public async Task A_second_run_is_refused_while_one_is_under_way_and_an_abort_ends_it_with_the_cell_off()
    {
        await using BridgeRig rig = await BridgeRig.StartAsync();
        await rig.StartAsync("cp", """{"current_A":1e-5,"interval_s":0.05,"record_s":1e6}""", """{"eMin_V":-5,"eMax_V":5,"maxSeconds":1e12}""");

        Assert.Equal("busy", Code(await rig.StartAsync("ocp", LongRun)));
        Assert.Equal("r1", (string?)(await rig.AskAsync("status"))["run"]);
        JsonNode aborted = await rig.AskAsync("abort");

        Assert.Equal(("r1", false), ((string?)aborted["aborted"], (bool)aborted["cell"]!));
        JsonNode status = await rig.AskAsync("status");
        Assert.Equal((null, false), ((string?)status["run"], (bool)status["cell"]!));
    }

    [Fact]
    public async Task A_second_client_reads_its_refusal_and_an_orderly_end_whatever_it_has_asked_meanwhile()
    {
        await using BridgeRig rig = await BridgeRig.StartAsync(connect: false);
        await rig.AskAsync("status"); // the first one is served
        await using IConnection first = rig.Connection;
        await rig.DialAsync();
        await rig.SendAsync("""{"id":1,"op":"hello","protocol":1}""");
        await rig.SendAsync("""{"id":2,"op":"status"}""");

        Assert.Equal("busy", Code(await rig.UntilAsync(answer => answer["error"] is not null)));
        Assert.Null(await rig.Reader.ReadAsync(CancellationToken.None)); // a reset would be an exception
    }

    [Fact]
    public async Task A_client_that_goes_takes_its_run_with_it_and_the_next_one_finds_the_cell_off()
    {
        await using BridgeRig rig = await BridgeRig.StartAsync();
        await rig.StartAsync("cp", """{"current_A":1e-5,"interval_s":0.05,"record_s":1e6}""", """{"eMin_V":-5,"eMax_V":5,"maxSeconds":1e12}""");

        await rig.HangUpAsync();
        await rig.DialAsync();
        JsonNode aborted = await rig.AskAsync("abort"); // answered when whatever was under way has ended

        Assert.False((bool)aborted["cell"]!);
        Assert.False((bool)(await rig.AskAsync("status"))["cell"]!);
    }

    [Fact]
    public async Task A_client_that_falls_silent_is_lost()
    {
        await using BridgeRig rig = await BridgeRig.StartAsync();
        await rig.AskAsync("hello", ("protocol", 1), ("silence_s", 0.2));
        await Assert.ThrowsAnyAsync<Exception>(() => rig.UntilAsync(_ => false));
    }

    [Fact]
    public async Task A_call_that_does_not_come_back_ends_the_program_with_an_alarm()
    {
        await using BridgeRig rig = await BridgeRig.StartAsync("""series_ohm="9879" hang_after="40" """, callLimitSeconds: 0.3);
        await rig.StartAsync("cp", """{"current_A":1e-5,"interval_s":1}""");

        JsonNode alarm = await rig.UntilAsync(line => (string?)line["ev"] == "alarm");

        Assert.Equal("sdk_hung", (string?)alarm["code"]);
        Assert.Equal(3, await rig.Exit.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System));
    }

    [Fact]
    public void Random_damage_of_a_request_ends_in_a_plan_or_a_refusal()
    {
        const string Line = """{"id":7,"op":"run","run":"a1","technique":"sequence","params":{"steps":[{"technique":"cp","params":{"current_A":2.5e-5,"until_e_V":4.8,"duration_s":600}},{"technique":"peis","params":{"amplitude":0.01,"first_Hz":100000,"last_Hz":0.01,"points":71,"bias":null}},{"technique":"loop","params":{"first":1,"passes":3}}]},"limits":{"eMin_V":1.8,"eMax_V":4.9,"maxSeconds":7200}}""";
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        int runs = Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1" ? 100_000 : 5_000;
        int plans = 0;
        for (int i = 0; i < runs; i++)
        {
            char[] damaged = Line.ToCharArray();
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                damaged[random.Next(damaged.Length)] = (char)random.Next(32, 127);
            }

            try
            {
                plans += PlanReader.Read(Request.Read(new string(damaged)).Fields).Steps.Count > 0 ? 1 : 0;
            }
            catch (BadRequestException)
            {
                // refused with a reason
            }
            catch (Exception other)
            {
                Assert.Fail($"seed {seed}, input {i}: {other.GetType().Name} for {new string(damaged)}");
            }
        }

        Assert.InRange(plans, 1, runs - 1);
    }

    [Theory]
    [InlineData("--port", "1")]
    [InlineData("--sdk")]
    [InlineData("--sdk", "a", "--port", "99999")]
    [InlineData("--sdk", "a", "--fast")]
    public void A_wrong_command_line_is_refused(params string[] words) => Assert.Throws<BadRequestException>(() => BridgeOptions.Parse(words));

    private static string? Code(JsonNode answer) => (string?)answer["error"]?["code"];
}
