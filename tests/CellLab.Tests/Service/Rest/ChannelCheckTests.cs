using System.Net;
using System.Text;
using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Tests.Drivers.Neware;
using NSubstitute;

namespace CellLab.Tests.Service.Rest;

/// <summary>The bench's channel has ranges up to 3 mA and goes to 5 V.</summary>
public sealed class ChannelCheckTests
{
    private const string Head = "celllab_protocol: 1\nmethod:\n";

    [Fact]
    public async Task What_the_channel_cannot_do_is_refused_by_step_before_submission()
    {
        await using RestBench bench = await WithSampleAsync();

        JsonElement current = await SubmitAsync(bench, Head + "  - Charge at 250 mA until 4.8 V\n", HttpStatusCode.UnprocessableEntity);
        JsonElement voltage = await SubmitAsync(bench, Head + "  - Rest for 1 h\n  - Charge at 0.1C until 5.2 V\n", HttpStatusCode.UnprocessableEntity);

        Assert.Contains("my.yaml:3:5: 'Charge at 250 mA until 4.8 V': the current 250 mA is above the channel's range of 3 mA", current.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("check the unit (mA, uA, mA/g) and the sample's mass and capacity: 0.25 mA would fit", current.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("my.yaml:4:5: 'Charge at 0.1C until 5.2 V': 5.2 V lies outside the channel's highest voltage 5 V", voltage.Text("detail"), StringComparison.Ordinal);
        await bench.Desk.DidNotReceiveWithAnyArgs().SubmitAsync(default!, default, default);
    }

    [Fact]
    public async Task A_check_with_a_pipeline_holds_the_protocol_against_its_channel()
    {
        await using RestBench bench = await WithSampleAsync();
        object Body(string text, string? pipeline) => new { name = "my.yaml", text, sample = "lmno", pipeline };

        JsonElement anywhere = await bench.PostAsync("protocols/check", Body(Head + "  - Charge at 5 mA until 4.8 V\n", null));
        JsonElement here = await bench.PostAsync("protocols/check", Body(Head + "  - Charge at 5 mA until 4.8 V\n", "coin-1"));
        JsonElement impedance = await bench.PostAsync("protocols/check", Body(Head + "  - {step: impedance_spectroscopy, amplitude_V: 0.01, start_frequency_Hz: 100000, end_frequency_Hz: 0.01}\n", "coin-1"));
        JsonElement nowhere = await bench.PostAsync("protocols/check", Body(Head, "coin-9"), HttpStatusCode.UnprocessableEntity);

        Assert.True(anywhere.GetProperty("valid").GetBoolean(), anywhere.GetRawText());
        Assert.False(here.GetProperty("valid").GetBoolean());
        Assert.Contains("a larger range", here.GetProperty("errors")[0].Text("hint"), StringComparison.Ordinal);
        Assert.False(impedance.GetProperty("valid").GetBoolean(), impedance.GetRawText());
        Assert.Equal("pipeline", nowhere.Text("field"));
    }

    [Fact]
    public async Task A_preview_tells_figures_date_and_channel_and_its_refusals_name_the_field()
    {
        const string text = Head + "  - Charge at 0.1C until 4.8 V\n";
        await using RestBench bench = await WithSampleAsync();
        object Body(string? protocol, string? cell) => new { name = "my.yaml", text = protocol, sample = "lmno", pipeline = "coin-1", cell, start = "2026-05-04T12:00:00Z" };

        JsonElement plain = await bench.PostAsync("protocols/preview", Body(text, null));
        JsonElement played = await bench.PostAsync("protocols/preview", Body(text, "lmno"));
        JsonElement cell = await bench.PostAsync("protocols/preview", Body(text, "LFP"), HttpStatusCode.UnprocessableEntity);
        JsonElement broken = await bench.PostAsync("protocols/preview", Body(Head + "  - Charge at 0.1C till 4.8 V\n", null), HttpStatusCode.UnprocessableEntity);
        JsonElement missing = await bench.PostAsync("protocols/preview", Body(null, null), HttpStatusCode.UnprocessableEntity);

        Assert.True(plain.GetProperty("plain_estimate").GetBoolean());
        Assert.False(played.GetProperty("plain_estimate").GetBoolean());
        Assert.Equal("coin-1 (cycler1.27-1-1)", plain.GetProperty("channel").Text("name"));
        Assert.Equal((0.05, 0.1), (Math.Round(plain.GetProperty("steps")[0].GetProperty("current_ma").GetDouble(), 9), plain.GetProperty("steps")[0].GetProperty("range_ma").GetDouble()));
        Assert.Equal(40, plain.GetProperty("trigger").GetProperty("latency_s").GetDouble());
        Assert.StartsWith("2026-05-04T21:5", plain.Text("ends_utc"), StringComparison.Ordinal);
        Assert.Equal(["cell", "text", "text"], new[] { cell, broken, missing }.Select(problem => problem.Text("field")));
        Assert.NotEqual(0, broken.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task A_step_file_is_submitted_as_it_is_with_its_conditions_for_the_instrument()
    {
        const string condition =
            """<Limit><Main><Curr Value="1"/><Time Value="1000"/></Main><Other CndCount="1"><Cnd1 type="1" CmpType="4" Jump_Line="65526" Value="42000"/></Other></Limit>""";
        await using RestBench bench = await WithSampleAsync();

        await SubmitAsync(bench, StepFileImportTexts.File((1, StepFileImportTexts.Charge), (2, StepFileImportTexts.Discharge)), HttpStatusCode.Accepted, "bts.xml");
        await SubmitAsync(bench, StepFileImportTexts.File((1, condition)), HttpStatusCode.Accepted, "bts.xml");

        await bench.Desk.Received(1).SubmitAsync(
            Arg.Is<Job>(job => job.Program.Steps[0].InstrumentPart!.DecidingText == "the condition voltage >= 42000 (as in the file), then the next step"),
            Arg.Any<Sample?>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_body_that_is_broken_is_refused_with_line_and_column()
    {
        await using RestBench bench = await RestBench.StartAsync();

        JsonElement broken = await PostTextAsync(bench, "{\n  name: 5 }");
        JsonElement wrongMember = await PostTextAsync(bench, "{\"name\": 5}");

        Assert.Equal(JsonValueKind.Null, broken.GetProperty("field").ValueKind);
        Assert.Contains("at line 2, column 3: ", broken.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("name", wrongMember.Text("field"));
    }

    private static async Task<JsonElement> PostTextAsync(RestBench bench, string text)
    {
        using var body = new StringContent(text, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await bench.Http.PostAsync("/api/v1/protocols/check", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }

    private static Task<JsonElement> SubmitAsync(RestBench bench, string text, HttpStatusCode expected, string name = "my.yaml") =>
        bench.PostAsync("jobs", new { protocol_name = name, protocol = text, pipeline = "coin-1", sample = "lmno" }, expected);

    private static async Task<RestBench> WithSampleAsync()
    {
        RestBench bench = await RestBench.StartAsync();
        bench.Desk.SubmitAsync(default!, default, default).ReturnsForAnyArgs(call => call.Arg<Job>());
        await bench.Journal.CommitAsync(new JournalWrite { Samples = [Stories.Cell("lmno")] }, CancellationToken.None);
        return bench;
    }
}
