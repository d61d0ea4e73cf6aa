using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;
using CellLab.Service.Access;
using CellLab.Service.Options;

namespace CellLab.Service.Rest.Jobs;

/// <summary><c>POST jobs/{id}/...</c>: what people do with a job that exists. Each answer is the job as it then is.</summary>
internal static class JobCommands
{
    public static void MapJobCommands(this RouteGroupBuilder api)
    {
        api.MapPost("/jobs/{id}/stop", StopAsync).WithSummary("Stops it; answers when the instrument has confirmed");
        api.MapPost("/jobs/{id}/pause", PauseAsync).WithSummary("Asks the instrument for a pause");
        api.MapPost("/jobs/{id}/resume", ResumeAsync).WithSummary("Continues a paused job, starts a waiting one");
        api.MapPost("/jobs/{id}/continue", ContinueAsync).WithSummary("Runs what is left of a job that ended before its end, as a new segment");
        api.MapPost("/jobs/{id}/trigger", TriggerAsync).WithSummary("Asks the diffractometer for a pattern now");
        api.MapGet("/jobs/{id}/triggers", TriggersAsync).WithSummary("Its triggers: fired, waiting, missed with the reason");
        api.MapPost("/jobs/{id}/note", NoteAsync).WithSummary("Adds a note to its events");
    }

    private static async Task<JobView> StopAsync(
        string id, StopRequest request, HttpContext context, IJournal journal, IExperimentDesk desk, JobPresenter presenter,
        CancellationToken cancellationToken)
    {
        string reason = Bounds.Text("reason", request.Reason, RestLimits.MaxReasonLength);
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        // A caller that goes away does not take a stop back: it runs to its own end.
        Job stopped = await desk.StopAsync(job.Id, reason, Caller.Of(context), CancellationToken.None).WaitAsync(cancellationToken);
        return await presenter.ViewAsync(stopped, cancellationToken);
    }

    private static async Task<JobView> PauseAsync(
        string id, PauseRequest? request, HttpContext context, IJournal journal, IExperimentDesk desk, JobPresenter presenter, CancellationToken cancellationToken)
    {
        GivenBy by = By(context, request?.Reason);
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        return await presenter.ViewAsync(await desk.PauseAsync(job.Id, by, cancellationToken), cancellationToken);
    }

    private static async Task<JobView> ResumeAsync(
        string id, ResumeRequest? request, HttpContext context, IJournal journal, IExperimentDesk desk, JobPresenter presenter,
        CancellationToken cancellationToken)
    {
        string? acceptOcv = request?.AcceptOcv is { } reason ? Bounds.Text("accept_ocv", reason, RestLimits.MaxReasonLength) : null;
        GivenBy by = By(context, request?.Reason);
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        return await presenter.ViewAsync(await desk.ResumeAsync(job.Id, acceptOcv, by, cancellationToken), cancellationToken);
    }

    private static GivenBy By(HttpContext context, string? reason) =>
        new(Caller.Of(context), reason is null ? null : Bounds.Text("reason", reason, RestLimits.MaxReasonLength));

    private static async Task<JobView> ContinueAsync(
        string id, ContinueRequest request, HttpContext context, IJournal journal, IExperimentDesk desk, JobPresenter presenter, AccessGate gate,
        ServiceConfiguration configuration, CancellationToken cancellationToken)
    {
        string? on = request.On is { } channel ? Bounds.Text("on", channel, RestLimits.MaxNameLength) : null;
        string? acceptOcv = request.AcceptOcv is { } reason ? Bounds.Text("accept_ocv", reason, RestLimits.MaxReasonLength) : null;
        if (on is not null)
        {
            await gate.RequirePipelineAsync(context, PipelineChoice.HolderOf(configuration, on));
        }

        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        return await presenter.ViewAsync(await desk.ContinueAsync(job.Id, on, acceptOcv, Caller.Of(context), cancellationToken), cancellationToken);
    }

    private static async Task<TriggerEntry> TriggerAsync(
        string id, HttpContext context, IJournal journal, IExperimentDesk desk, CancellationToken cancellationToken)
    {
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        return TriggerEntry.Of(await desk.TriggerAsync(job.Id, Caller.Of(context), cancellationToken));
    }

    private static async Task<TriggerList> TriggersAsync(string id, IJournal journal, IExperimentDesk desk, CancellationToken cancellationToken)
    {
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        return new TriggerList(desk.TriggersOf(job.Id), [.. (await journal.ReadTriggersAsync(job.Id, cancellationToken)).Select(TriggerEntry.Of)]);
    }

    private static async Task<JobView> NoteAsync(
        string id, NoteRequest request, HttpContext context, IJournal journal, IExperimentDesk desk, JobPresenter presenter,
        CancellationToken cancellationToken)
    {
        string text = Bounds.Text("text", request.Text, RestLimits.MaxNoteLength);
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        await desk.NoteAsync(job.Id, text, Caller.Of(context), cancellationToken);
        return await presenter.ViewAsync(job, cancellationToken);
    }
}

internal sealed record StopRequest(string? Reason = null);

internal sealed record PauseRequest(string? Reason = null);

internal sealed record ResumeRequest(string? AcceptOcv = null, string? Reason = null);

/// <summary><paramref name="On"/> is a channel (<c>device.channel</c>) or a pipeline.</summary>
internal sealed record ContinueRequest(string? On = null, string? AcceptOcv = null);

internal sealed record NoteRequest(string? Text = null);
