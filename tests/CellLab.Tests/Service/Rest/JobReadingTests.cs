using System.Net;
using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Samples;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Messaging.Payloads;
using CellLab.Tests.Storage;
using NSubstitute;

namespace CellLab.Tests.Service.Rest;

public sealed class JobReadingTests
{
    private const string Id = "abcdefgh2345";

    [Fact]
    public async Task A_job_has_exactly_the_promised_members_and_some_more()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");
        bench.Cycles.Analysed = 4;
        bench.Desk.ProgressOf(new JobId(Id)).Returns(
            new JobProgress(new JobId(Id), 7, 1, "main", 1, 1, 1, 150, 3.005, 5e-5, Stories.Noon, 1));

        JsonElement job = await bench.GetAsync($"jobs/{Id}");

        string[] promised = ["job", "state", "verdict", "sample", "pipeline", "counts", "device_test_id", "start_count", "segments", "stream_counts"];
        Assert.Empty(promised.Except(job.Members()));
        string[] extras =
        [
            "state_reason", "protocol_name", "c_rate_base", "record_interval_s", "submitted_by", "submitted_utc", "started_utc", "ended_utc", "not_before_utc",
            "queued_behind", "progress", "archived", "clocks",
        ];
        Assert.Equal(promised.Concat(extras).Order(), job.Members().Order());
        Assert.Equal((Id, "Running", "coin-1"), (job.Text("job"), job.Text("state"), job.Text("pipeline")));
        Assert.Equal(JsonValueKind.Null, job.GetProperty("verdict").ValueKind);
        Assert.Equal(("900", 1), (job.Text("device_test_id"), job.GetProperty("start_count").GetInt32()));
        JsonElement counts = job.GetProperty("counts");
        Assert.Equal(["acquired", "stored", "published", "analysed"], counts.Members());
        Assert.Equal([7, 5, 0, 4], counts.EnumerateObject().Select(count => count.Value.GetInt64()));
        JsonElement sample = job.GetProperty("sample");
        Assert.Equal("lmno", sample.Text("name"));
        Assert.Equal((2.0, 250.0), (sample.GetProperty("active_mass_mg").GetDouble(), sample.GetProperty("nominal_capacity_mah_g").GetDouble()));
        Assert.Equal(3.005, job.GetProperty("progress").GetProperty("voltage_v").GetDouble());
        Assert.Equal("cycler1.27-1-1", Assert.Single(job.GetProperty("segments").EnumerateArray()).Text("channel"));
    }

    [Fact]
    public async Task An_amended_mass_shows_in_the_sample_and_not_in_the_base_of_the_rates()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");
        Sample amended = Stories.Cell("lmno") with { Version = 2, ActiveMassMilligrams = 2.1, Reason = "weighed again" };
        await bench.Journal.CommitAsync(new JournalWrite { Samples = [amended] }, CancellationToken.None);

        JsonElement job = await bench.GetAsync($"jobs/{Id}");

        Assert.Equal(2.1, job.GetProperty("sample").GetProperty("active_mass_mg").GetDouble());
        Assert.Equal(2.0, job.GetProperty("c_rate_base").GetProperty("active_mass_mg").GetDouble());
        Assert.Equal(5e-4, job.GetProperty("c_rate_base").GetProperty("one_c_a").GetDouble(), 1e-12);
    }

    [Fact]
    public async Task The_beginning_of_an_id_is_enough_while_it_is_unique()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");
        await bench.Journal.CommitAsync(new JournalWrite { Jobs = [Stories.Job("abzzzzzz2345", "other")] }, CancellationToken.None);

        Assert.Equal(Id, (await bench.GetAsync("jobs/abc")).Text("job"));
        JsonElement ambiguous = await bench.RefusedAsync("jobs/ab", HttpStatusCode.Conflict);
        Assert.Contains("2 jobs begin with 'ab'", ambiguous.Text("detail"), StringComparison.Ordinal);
        JsonElement missing = await bench.RefusedAsync("jobs/xyz", HttpStatusCode.NotFound);
        Assert.Contains("xyz", missing.Text("detail"), StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(missing.Text("hint")));
    }

    [Fact]
    public async Task Live_jobs_come_first_and_old_ones_only_when_all_are_asked_for()
    {
        await using RestBench bench = await RestBench.StartAsync();
        Job[] ended = [.. Enumerable.Range(0, 60).Select(number => Stories.Job($"ended{number:00}aaaaa", $"s{number}", JobState.Completed) with
        {
            SubmittedAtUtc = Stories.Noon.AddHours(number + 1),
            Verdict = JobVerdict.CompleteWithGaps,
        })];
        await bench.Journal.CommitAsync(new JournalWrite { Jobs = [.. ended, Stories.Job(Id, "lmno")] }, CancellationToken.None);

        JsonElement some = await bench.GetAsync("jobs");
        JsonElement all = await bench.GetAsync("jobs?all=true");

        Assert.Equal((51, 61), (some.GetProperty("jobs").GetArrayLength(), some.GetProperty("total").GetInt32()));
        Assert.Equal(61, all.GetProperty("jobs").GetArrayLength());
        Assert.Equal(Id, some.GetProperty("jobs")[0].Text("job"));
        Assert.Equal("ended59aaaaa", some.GetProperty("jobs")[1].Text("job"));
        Assert.Equal("complete with gaps", some.GetProperty("jobs")[1].Text("verdict"));
    }

    [Fact]
    public async Task Records_come_in_columns_page_by_page()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");

        JsonElement page = await bench.GetAsync($"jobs/{Id}/records?stream=cycler&first_seq=3&max=2");
        JsonElement beyond = await bench.GetAsync($"jobs/{Id}/records?first_seq=6");

        Assert.Equal((Id, "cycler"), (page.Text("job"), page.Text("stream")));
        Assert.Equal((3, 4), (page.GetProperty("first_seq").GetInt64(), page.GetProperty("last_seq").GetInt64()));
        Assert.Equal([90.0, 120.0], page.GetProperty("test_time_s").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal([3.003, 3.004], page.GetProperty("voltage_v").EnumerateArray().Select(value => value.GetDouble()));
        Assert.False(page.TryGetProperty("seq", out _));
        Assert.Equal(JsonValueKind.Null, beyond.GetProperty("first_seq").ValueKind);
        Assert.Equal(0, beyond.GetProperty("voltage_v").GetArrayLength());
    }

    [Fact]
    public async Task Rows_of_the_other_instruments_come_in_the_columns_of_their_stream_and_are_counted_beside_the_cyclers()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");
        var job = new JobId(Id);
        CompanionRow[] ions = CompanionRows.Ions(job, 1, 30);
        await bench.Journal.CommitAsync(new JournalWrite { Companions = [.. ions, .. CompanionRows.Spectra(job, 1, 12)] }, default);
        await bench.Journal.WriteCursorAsync(JournalCursors.CompanionPublisher, 32, default);

        JsonElement page = await bench.GetAsync($"jobs/{Id}/records?stream=ms&first_seq=7&max=5");
        JsonElement spectrum = await bench.GetAsync($"jobs/{Id}/records?stream=eis");
        JsonElement none = await bench.GetAsync($"jobs/{Id}/records?stream=ms&first_seq=31");
        JsonElement counts = (await bench.GetAsync($"jobs/{Id}")).GetProperty("stream_counts");

        Assert.Equal(ions[6..11], CompanionColumns.Read(page));
        Assert.Equal(CompanionRows.Spectra(job, 1, 12), CompanionColumns.Read(spectrum));
        Assert.Equal((JsonValueKind.Null, 0), (none.GetProperty("first_seq").ValueKind, none.GetProperty("mz").GetArrayLength()));
        Assert.Equal(["ms", "eis"], counts.Members());
        Assert.Equal("""{"acquired":30,"stored":30,"published":30,"analysed":null}""", counts.GetProperty("ms").GetRawText());
        Assert.Equal(2, counts.GetProperty("eis").GetProperty("published").GetInt64());
    }

    [Theory]
    [InlineData("records?max=0", "max")]
    [InlineData("records?max=10001", "max")]
    [InlineData("records?first_seq=-1", "first_seq")]
    [InlineData("events?max=100000", "max")]
    [InlineData("events?after=-5", "after")]
    public async Task Pages_are_bounded(string query, string field)
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");

        JsonElement problem = await bench.RefusedAsync($"jobs/{Id}/{query}", HttpStatusCode.UnprocessableEntity);

        Assert.Equal(field, problem.Text("field"));
    }

    [Fact]
    public async Task Events_and_step_times_are_listed_in_order()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");

        JsonElement events = (await bench.GetAsync($"jobs/{Id}/events")).GetProperty("events");
        JsonElement later = (await bench.GetAsync($"jobs/{Id}/events?after={events[0].GetProperty("number").GetInt64()}")).GetProperty("events");
        JsonElement step = Assert.Single((await bench.GetAsync($"jobs/{Id}/step-times")).GetProperty("step_times").EnumerateArray());

        Assert.Equal(["queued", "running"], events.EnumerateArray().Select(happened => happened.Text("text")));
        Assert.Equal("running", Assert.Single(later.EnumerateArray()).Text("text"));
        Assert.Equal((150.0, 5), (step.GetProperty("duration_s").GetDouble(), step.GetProperty("last_record").GetInt64()));
    }
}
