using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Service.Access;
using CellLab.Service.Publishing;

namespace CellLab.Service.Rest.Observing;

/// <summary>Latched messages that a person has to see.</summary>
internal static class AlarmEndpoints
{
    public static void MapAlarms(this RouteGroupBuilder api)
    {
        api.MapGet("/alarms", ListAsync).WithSummary("Alarms that are not over; the past ones too with ?all=true");
        api.MapPost("/alarms/{id}/ack", AcknowledgeAsync).WithSummary("Acknowledges one");
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

internal sealed record AlarmList(IReadOnlyList<AlarmBody> Alarms);

internal sealed record AlarmBody(
    string Id, string Severity, string Text, string? Job, string? Device, DateTimeOffset RaisedUtc, bool Active,
    DateTimeOffset? AcknowledgedUtc, string? AcknowledgedBy, string? Note)
{
    public static AlarmBody Of(Alarm alarm) => new(
        alarm.Id, alarm.Severity.ToString().ToLowerInvariant(), alarm.Text, alarm.Job?.Value, alarm.Device, alarm.RaisedAtUtc, alarm.Active, alarm.AcknowledgedAtUtc,
        alarm.AcknowledgedBy, alarm.Note);
}
