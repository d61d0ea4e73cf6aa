using System.Globalization;
using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Messaging.Payloads;

namespace CellLab.Service.AnalysisRole;

/// <summary>The service over REST.</summary>
/// <param name="client">Its base address is the service's.</param>
/// <param name="site">Whose results are computed: a service of another site that stands at the address (a wrong port, a second bench) is refused
/// at every survey, before anything of it is stored.</param>
internal sealed class RestJobSource(HttpClient client, string site, TimeSpan timeout, TimeProvider wall) : IJobSource
{
    public async Task<IReadOnlyList<JobFacts>> ReadJobsAsync(bool all, CancellationToken cancellationToken)
    {
        string found = await GetAsync("api/v1/status", root => root.GetProperty("site").GetString() ?? "", cancellationToken);
        if (found != site)
        {
            throw new JobSourceException(
                $"{client.BaseAddress} is the service of site '{found}', this analysis belongs to site '{site}'; correct http.url or site in the configuration");
        }

        return await GetAsync<IReadOnlyList<JobFacts>>(
            all ? "api/v1/jobs?all=true" : "api/v1/jobs",
            root => [.. root.GetProperty("jobs").EnumerateArray().Where(IsHere).Select(JobFactsReader.Read)],
            cancellationToken);
    }

    public Task<JobFacts> ReadJobAsync(JobId job, CancellationToken cancellationToken) =>
        GetAsync($"api/v1/jobs/{job}", JobFactsReader.Read, cancellationToken);

    public Task<IReadOnlyList<RecordRow>> ReadRecordsAsync(
        JobId job, string stream, long firstSequence, int max, CancellationToken cancellationToken) =>
        GetAsync(PageOf(job, stream, firstSequence, max), RecordColumns.Read, cancellationToken);

    public Task<IReadOnlyList<CompanionRow>> ReadCompanionsAsync(
        JobId job, string stream, long firstSequence, int max, CancellationToken cancellationToken) =>
        GetAsync(PageOf(job, stream, firstSequence, max), CompanionColumns.Read, cancellationToken);

    /// <summary>Of an archived job nothing can be computed again; its results stay as they are.</summary>
    private static bool IsHere(JsonElement job) => !job.TryGetProperty("archived", out JsonElement archived) || archived.ValueKind == JsonValueKind.Null;

    private static string PageOf(JobId job, string stream, long firstSequence, int max) =>
        string.Create(CultureInfo.InvariantCulture, $"api/v1/jobs/{job}/records?stream={stream}&first_seq={firstSequence}&max={max}");

    public Task<IReadOnlyList<(string Kind, JsonElement Data)>> ReadEventDataAsync(JobId job, string kinds, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<(string, JsonElement)>>(
            $"api/v1/jobs/{job}/events?kind={kinds}",
            root => [.. root.GetProperty("events").EnumerateArray().Where(item => item.GetProperty("data").ValueKind == JsonValueKind.Object)
                .Select(item => (item.GetProperty("kind").GetString() ?? "", item.GetProperty("data").Clone()))],
            cancellationToken);

    private async Task<T> GetAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!answer.IsSuccessStatusCode)
            {
                throw new JobSourceException($"{client.BaseAddress}{path}: the service answers {(int)answer.StatusCode} {answer.ReasonPhrase}");
            }

            await using Stream body = await answer.Content.ReadAsStreamAsync(either.Token);
            using JsonDocument document = await JsonDocument.ParseAsync(body, default, either.Token);
            return read(document.RootElement);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new JobSourceException($"{client.BaseAddress}{path}: no answer within {timeout.TotalSeconds} s", error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException or PayloadException or KeyNotFoundException or InvalidOperationException)
        {
            throw new JobSourceException($"{client.BaseAddress}{path}: {error.Message}", error);
        }
    }
}
