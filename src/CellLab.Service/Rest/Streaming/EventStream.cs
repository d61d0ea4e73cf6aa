using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Service.Access;
using CellLab.Service.Publishing;

namespace CellLab.Service.Rest.Streaming;

/// <summary><c>GET events</c>: server-sent events. <c>job-event</c> messages carry the number of the event as their id and are complete: a reader
/// that comes back with <c>Last-Event-ID</c> gets what it has missed. All others carry the newest state of one thing.</summary>
internal static class EventStream
{
    private const int PageSize = 500;

    /// <summary>A comment line this often (wall time) shows both ends that the other is there.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static void MapEventStream(this RouteGroupBuilder api) =>
        api.MapGet("/events", StreamAsync).WithSummary("Server-sent events: job-event, job, progress, device, channel, alarm, gone");

    private static async Task StreamAsync(
        HttpContext context, ChangeHub hub, IJournal journal, ChangePresenter presenter, Clocks clocks, IHostApplicationLifetime lifetime, AccessGate gate)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        long? last = LastEventId(context);
        using ChangeSubscription changes = hub.Subscribe();
        if (last is not null)
        {
            changes.AddEvents(last.Value + 1);
        }

        var writer = new SseWriter(context.Response);
        try
        {
            await writer.BeginAsync(ending.Token);
            await RunAsync(changes, writer, new EventPages(journal, last), presenter, clocks.Wall, () => gate.Identify(context) is not null, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // the reader has gone, or the service ends
        }
    }

    private static async Task RunAsync(
        ChangeSubscription changes, SseWriter writer, EventPages events, ChangePresenter presenter, TimeProvider wall, Func<bool> mayStillLook,
        CancellationToken cancellationToken)
    {
        long looked = wall.GetTimestamp();
        Task<IReadOnlyList<ChangeKey>> next = changes.TakeAsync(cancellationToken);
        while (true)
        {
            if (wall.GetElapsedTime(looked) >= KeepAlive)
            {
                looked = wall.GetTimestamp();
                if (!mayStillLook())
                {
                    return; // logged out, disabled or out of date since
                }
            }

            if (await Task.WhenAny(next, Task.Delay(KeepAlive, wall, cancellationToken)) != next)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await writer.CommentAsync("still here", cancellationToken);
                continue;
            }

            foreach (ChangeKey change in await next)
            {
                await WriteAsync(change, changes, writer, events, presenter, cancellationToken);
            }

            next = changes.TakeAsync(cancellationToken);
        }
    }

    private static async Task WriteAsync(
        ChangeKey change, ChangeSubscription changes, SseWriter writer, EventPages events, ChangePresenter presenter, CancellationToken cancellationToken)
    {
        if (change != ChangeKey.Events)
        {
            object? state = await presenter.StateAsync(change, cancellationToken);
            await writer.WriteAsync(state is null ? "gone" : change.Kind, null, state ?? new GoneBody(change.Kind, change.Id), cancellationToken);

            return;
        }

        await foreach (JobEvent happened in events.NewAsync(changes.FirstNewEvent, PageSize, cancellationToken))
        {
            await writer.WriteAsync("job-event", happened.Number, EventView.Of(happened), cancellationToken);
        }
    }

    /// <summary>A thing that is not there any more: a device that a reload has taken out.</summary>
    private sealed record GoneBody(string Kind, string Id);

    private static long? LastEventId(HttpContext context)
    {
        string text = context.Request.Headers["Last-Event-ID"].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        return long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new RestProblemException(
                StatusCodes.Status400BadRequest, $"Last-Event-ID '{text}' is not a number.", null, "Send the id of the last job-event received.");
    }
}
