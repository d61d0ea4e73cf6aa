using System.Text.Json;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Service.Labels;

namespace CellLab.Service.Rest.Jobs;

/// <summary><c>GET jobs/{id}/labels</c>: a page to print, one label for each time that the cell was taken out (steps <c>harvest</c>).</summary>
internal static class LabelEndpoint
{
    private const int MostEvents = 100_000;

    public static void MapLabels(this RouteGroupBuilder api) =>
        api.MapGet("/jobs/{id}/labels", LabelsAsync).Produces(StatusCodes.Status200OK, contentType: "text/html").WithSummary("Labels to print for a cell that was taken out");

    private static async Task<IResult> LabelsAsync(string id, HttpContext http, IJournal journal, CancellationToken cancellationToken)
    {
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        IReadOnlyList<JobEvent> events = await journal.ReadEventsAsync(job.Id, 0, MostEvents, cancellationToken);
        JsonElement[] harvests = [.. events.Where(told => told is { Kind: "harvest", DataJson: not null }).Select(told => JsonElement.Parse(told.DataJson!))];
        if (harvests.Length == 0)
        {
            throw RestProblemException.NotFound("label", job.Id.Value, "The cell of this job was not taken out: a label belongs to a step 'harvest'.");
        }

        var address = new Uri($"{http.Request.Scheme}://{http.Request.Host}/#/job/{job.Id}");
        return TypedResults.Content(HarvestLabel.Html(address, harvests), "text/html; charset=utf-8");
    }
}
