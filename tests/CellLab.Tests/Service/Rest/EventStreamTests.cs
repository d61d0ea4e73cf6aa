using System.Globalization;
using System.Net;
using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using NSubstitute;

namespace CellLab.Tests.Service.Rest;

public sealed class EventStreamTests
{
    private const string Id = "abcdefgh2345";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task New_events_come_complete_with_their_numbers()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");
        await using SseReader reader = await SseReader.OpenAsync(bench, null, Patience);

        await AddEventAsync(bench, "first");
        await AddEventAsync(bench, "second");
        SseMessage first = await reader.NextAsync();
        SseMessage second = await reader.NextAsync();

        Assert.Equal(("job-event", "first"), (first.Kind, first.Data.Text("text")));
        Assert.Equal("second", second.Data.Text("text"));
        Assert.Equal(first.Data.GetProperty("number").GetInt64().ToString(CultureInfo.InvariantCulture), first.Id);
    }

    [Fact]
    public async Task A_reader_that_comes_back_gets_what_it_has_missed()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");
        string seen;
        await using (SseReader before = await SseReader.OpenAsync(bench, "0", Patience))
        {
            seen = (await before.NextAsync()).Id!;
        }

        await AddEventAsync(bench, "while away");
        await using SseReader after = await SseReader.OpenAsync(bench, seen, Patience);

        Assert.Equal("running", (await after.NextAsync()).Data.Text("text"));
        Assert.Equal("while away", (await after.NextAsync()).Data.Text("text"));
    }

    [Fact]
    public async Task Changes_carry_the_newest_state_of_the_thing()
    {
        await using RestBench bench = await RestBench.StartAsync();
        await Stories.RunningAsync(bench.Journal, Id, "lmno");
        bench.Desk.FindDevice(new DeviceId("cycler1")).Returns(new DeviceView(new DeviceId("cycler1"), "Neware", true, DeviceState.Degraded, null, "slow", []));
        await using SseReader reader = await SseReader.OpenAsync(bench, null, Patience);

        bench.Desk.Changed += Raise.Event<Action<string, string>>("job", Id);
        SseMessage job = await reader.NextAsync();
        bench.Desk.Changed += Raise.Event<Action<string, string>>("device", "cycler1");
        SseMessage device = await reader.NextAsync();

        Assert.Equal(("job", "Running"), (job.Kind, job.Data.Text("state")));
        Assert.Equal(("device", "Degraded", "slow"), (device.Kind, device.Data.Text("state"), device.Data.Text("last_error")));
        Assert.Null(job.Id);
    }

    [Fact]
    public async Task A_number_that_is_none_is_refused()
    {
        await using RestBench bench = await RestBench.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Add("Last-Event-ID", "yesterday");

        using HttpResponseMessage answer = await bench.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static Task AddEventAsync(RestBench bench, string text) =>
        bench.Journal.CommitAsync(new JournalWrite { Events = [Stories.Event(new JobId(Id), "note", text)] }, CancellationToken.None);
}

internal sealed record SseMessage(string Kind, string? Id, JsonElement Data);

/// <summary>Reads text/event-stream by lines, independently of what wrote it.</summary>
internal sealed class SseReader : IAsyncDisposable
{
    private readonly HttpResponseMessage answer;
    private readonly StreamReader lines;
    private readonly CancellationTokenSource limit;

    private SseReader(HttpResponseMessage answer, StreamReader lines, CancellationTokenSource limit) =>
        (this.answer, this.lines, this.limit) = (answer, lines, limit);

    public static async Task<SseReader> OpenAsync(RestBench bench, string? lastEventId, TimeSpan patience)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var limit = new CancellationTokenSource(patience, TimeProvider.System);
        HttpResponseMessage answer = await bench.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var reader = new SseReader(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(limit.Token)), limit);
        Assert.StartsWith(":", await reader.lines.ReadLineAsync(limit.Token), StringComparison.Ordinal); // it has subscribed
        return reader;
    }

    public async Task<SseMessage> NextAsync()
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (true)
        {
            string line = await lines.ReadLineAsync(limit.Token) ?? throw new EndOfStreamException("the stream of events has ended");
            if (line.Length == 0 && fields.TryGetValue("data", out string? data))
            {
                return new SseMessage(fields["event"], fields.GetValueOrDefault("id"), JsonSerializer.Deserialize<JsonElement>(data));
            }

            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                fields[line[..colon]] = line[(colon + 1)..].TrimStart();
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        lines.Dispose();
        answer.Dispose();
        limit.Dispose();
        return ValueTask.CompletedTask;
    }
}
