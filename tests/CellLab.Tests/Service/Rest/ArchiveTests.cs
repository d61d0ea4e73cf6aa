using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Service.Access;
using Microsoft.AspNetCore.Http;

namespace CellLab.Tests.Service.Rest;

public sealed class ArchiveTests
{
    [Theory]
    [InlineData("/api/v1/jobs/x/archive", AccessRole.Admin)]
    [InlineData("/api/v1/jobs/x/restore/", AccessRole.Admin)]
    [InlineData("/api/v1/Jobs/x/ARCHIVE", AccessRole.Admin)]
    [InlineData("/api/v1/jobs/x/stop", AccessRole.Operator)]
    public void Data_leave_the_store_by_an_admin_alone(string path, object role)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = ("POST", path);

        Assert.Equal((AccessRole)role, AccessPaths.RoleFor(context.Request));
    }

    [Fact]
    [Trait("Suite", "Broad")]
    public async Task A_job_that_runs_has_no_folder_or_is_needed_by_another_one_stays()
    {
        await using RestBench bench = await RestBench.StartAsync(archive: false);
        await Stories.RunningAsync(bench.Journal, "abcdefgh2345", "lmno");
        Assert.Contains("archive", (await RefusedAsync(bench, "abcdefgh2345", "archive")).Text("hint"), StringComparison.Ordinal);

        await using RestBench with = await RestBench.StartAsync(archive: true);
        await Stories.RunningAsync(with.Journal, "abcdefgh2345", "lmno");
        Assert.Contains("has not ended: it is Running", (await RefusedAsync(with, "abcdefgh2345", "archive")).Text("detail"), StringComparison.Ordinal);
        Assert.Contains("is not archived", (await RefusedAsync(with, "abcdefgh2345", "restore")).Text("detail"), StringComparison.Ordinal);
        Job running = (await with.Journal.ReadJobAsync(new JobId("abcdefgh2345"), CancellationToken.None))!;
        await with.Journal.CommitAsync(
            new JournalWrite { Jobs = [running with { State = JobState.Completed }, running with { Id = new JobId("bbbbbbbb2345"), State = JobState.Queued, Behind = running.Id }] },
            CancellationToken.None);
        Assert.Contains("bbbbbbbb2345 (Queued) goes on with the cell", (await RefusedAsync(with, "abcdefgh2345", "archive")).Text("detail"), StringComparison.Ordinal);
        await with.Journal.CommitAsync(new JournalWrite { Jobs = [running with { Id = new JobId("bbbbbbbb2345"), State = JobState.Cancelled }] }, CancellationToken.None);
        Assert.Contains("not analysed yet", (await RefusedAsync(with, "abcdefgh2345", "archive")).Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_page_hears_that_a_job_has_left_the_store_and_come_back()
    {
        await using RestBench bench = await RestBench.StartAsync(archive: true);
        await Stories.RunningAsync(bench.Journal, "abcdefgh2345", "lmno");
        Job running = (await bench.Journal.ReadJobAsync(new JobId("abcdefgh2345"), CancellationToken.None))!;
        await bench.Journal.CommitAsync(new JournalWrite { Jobs = [running with { State = JobState.Completed }] }, CancellationToken.None);
        bench.Cycles.Analysed = long.MaxValue;
        await bench.Journal.WriteCursorAsync(JournalCursors.Publisher, 1000, CancellationToken.None);
        await using SseReader page = await SseReader.OpenAsync(bench, null, TimeSpan.FromSeconds(60));

        await bench.PostAsync("jobs/abcdefgh2345/archive", new { reason = "finished" });
        JsonElement archived = await JobToldAsync(page);
        await bench.PostAsync("jobs/abcdefgh2345/restore", new { reason = "once more" });
        JsonElement restored = await JobToldAsync(page);

        Assert.Equal("abcdefgh2345", Path.GetFileName(archived.GetProperty("archived").GetProperty("folder").GetString()));
        Assert.Equal(JsonValueKind.Null, restored.GetProperty("archived").ValueKind);
    }

    private static async Task<JsonElement> JobToldAsync(SseReader page)
    {
        SseMessage message = await page.NextAsync();
        while (message.Kind != "job")
        {
            message = await page.NextAsync();
        }

        return message.Data;
    }

    private static async Task<JsonElement> RefusedAsync(RestBench bench, string job, string what)
    {
        using HttpResponseMessage answer = await bench.Http.PostAsJsonAsync($"/api/v1/jobs/{job}/{what}", new { reason = "x" });
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
