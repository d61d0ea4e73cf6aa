using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Messaging.Payloads;

namespace CellLab.Service.Rest.Jobs;

/// <summary><c>GET jobs/{id}/records</c>: stored rows by sequence number, in the columns of the MQTT topic.</summary>
internal static class RecordsEndpoint
{
    public static void MapRecords(this RouteGroupBuilder api) =>
        api.MapGet("/jobs/{id}/records", ReadAsync)
            .Produces<JsonElement>()
            .WithSummary("Stored rows from first_seq on, at most max; without rows first_seq and last_seq are null");

    private static async Task ReadAsync(
        string id, HttpContext context, IJournal journal, CancellationToken cancellationToken,
        string stream = Streams.Cycler, long first_seq = 1, int max = RestLimits.DefaultRecords)
    {
        Bounds.NotNegative(nameof(first_seq), first_seq);
        Bounds.Within(nameof(max), max, RestLimits.MaxRecords);
        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        IReadOnlyList<RecordRow> rows = await journal.ReadRecordsAsync(job.Id, stream, first_seq, max, cancellationToken);
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        RecordColumns.Write(writer, job.Id, stream, rows);
        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken);
    }
}
