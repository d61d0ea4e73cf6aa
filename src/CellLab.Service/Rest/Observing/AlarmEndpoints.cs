using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
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
        string id, AcknowledgeRequest? request, HttpContext context, IJournal journal, IExperimentDesk desk, CancellationToken cancellationToken)
    {
        string? note = request?.Note is { } text ? Bounds.Text("note", text, RestLimits.MaxReasonLength) : null;
        await FindAsync(journal, desk, id, cancellationToken);
        await desk.AcknowledgeAlarmAsync(id, Caller.Of(context), note, cancellationToken);
        return AlarmBody.Of(await FindAsync(journal, desk, id, cancellationToken));
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
