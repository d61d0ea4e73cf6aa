using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using CellLab.Service.Access;
using CellLab.Service.Publishing;

namespace CellLab.Service.Rest.Observing;

/// <summary>Latched messages that a person has to see.</summary>
internal static class AlarmEndpoints
{
    private static readonly TimeSpan s_longestShelf = TimeSpan.FromDays(30);

    public static void MapAlarms(this RouteGroupBuilder api)
    {
        api.MapGet("/alarms", ListAsync).WithSummary("Alarms that are not over; the past ones too with ?all=true");
        api.MapPost("/alarms/{id}/ack", AcknowledgeAsync).WithSummary("Acknowledges one");
        api.MapPost("/alarms/{id}/shelve", ShelveAsync).WithSummary("Tells nobody outside of it until a time; a time that has passed ends that");
    }

    private static async Task<AlarmList> ListAsync(IJournal journal, IExperimentDesk desk, CancellationToken cancellationToken, bool all = false)
    {
        IReadOnlyList<Alarm> alarms = await KnownAlarms.ReadAsync(journal, desk, all, cancellationToken);
        return new AlarmList([.. alarms.OrderByDescending(alarm => alarm.RaisedAtUtc).Select(AlarmBody.Of)]);
    }

    private static async Task<AlarmBody> AcknowledgeAsync(
        string id, AcknowledgeRequest? request, HttpContext context, IJournal journal, IExperimentDesk desk, AccessGate gate, CancellationToken cancellationToken)
    {
        string? note = request?.Note is { } text ? Bounds.Text("note", text, RestLimits.MaxReasonLength) : null;
        await FindCommandableAsync(context, journal, desk, gate, id, cancellationToken);
        await desk.AcknowledgeAlarmAsync(id, Caller.Of(context), note, cancellationToken);
        return AlarmBody.Of(await FindAsync(journal, desk, id, cancellationToken));
    }

    private static async Task<AlarmBody> ShelveAsync(
        string id, ShelveRequest request, HttpContext context, IJournal journal, IExperimentDesk desk, AccessGate gate, Clocks clocks, CancellationToken cancellationToken)
    {
        string note = Bounds.Text("note", request.Note, RestLimits.MaxReasonLength);
        DateTimeOffset until = request.UntilUtc ?? throw RestProblemException.Invalid("until_utc", "until_utc is missing.", "Give a time, for example 2026-05-04T18:00:00Z.");
        if (until > clocks.Wall.GetUtcNow() + s_longestShelf)
        {
            throw RestProblemException.Invalid("until_utc", $"{until.UtcDateTime:yyyy-MM-dd HH:mm} UTC is too far away.", $"An alarm is shelved for at most {s_longestShelf.TotalDays} days.");
        }

        await FindCommandableAsync(context, journal, desk, gate, id, cancellationToken);
        await desk.ShelveAlarmAsync(id, until, Caller.Of(context), note, cancellationToken);
        return AlarmBody.Of(await FindAsync(journal, desk, id, cancellationToken));
    }

    /// <summary>The alarm of a job belongs to those who may command its cell.</summary>
    private static async Task FindCommandableAsync(
        HttpContext context, IJournal journal, IExperimentDesk desk, AccessGate gate, string id, CancellationToken cancellationToken)
    {
        Alarm alarm = await FindAsync(journal, desk, id, cancellationToken);
        if (alarm.Job is { } of && await journal.ReadJobAsync(of, cancellationToken) is { } job)
        {
            await gate.RequirePipelineAsync(context, job.Pipeline);
        }
    }

    private static async Task<Alarm> FindAsync(IJournal journal, IExperimentDesk desk, string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<Alarm> alarms = await KnownAlarms.ReadAsync(journal, desk, includeOver: true, cancellationToken);
        return alarms.FirstOrDefault(alarm => alarm.Id == id)
            ?? throw RestProblemException.NotFound("alarm", id, "GET /api/v1/alarms lists them.");
    }
}

internal sealed record AcknowledgeRequest(string? Note = null);

/// <summary><paramref name="UntilUtc"/> is wall time.</summary>
internal sealed record ShelveRequest(DateTimeOffset? UntilUtc = null, string? Note = null);

internal sealed record AlarmList(IReadOnlyList<AlarmBody> Alarms);

internal sealed record AlarmBody(
    string Id, string Severity, string Text, string? Job, string? Device, DateTimeOffset RaisedUtc, bool Active,
    DateTimeOffset? AcknowledgedUtc, string? AcknowledgedBy, string? Note, DateTimeOffset? ShelvedUntilUtc, string? ShelvedBy, string? ShelfNote)
{
    public static AlarmBody Of(Alarm alarm) => new(
        alarm.Id, alarm.Severity.ToString().ToLowerInvariant(), alarm.Text, alarm.Job?.Value, alarm.Device, alarm.RaisedAtUtc, alarm.Active, alarm.AcknowledgedAtUtc,
        alarm.AcknowledgedBy, alarm.Note, alarm.ShelvedUntilUtc, alarm.ShelvedBy, alarm.ShelfNote);
}
