using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Messaging.Payloads;

namespace CellLab.Service.Rest.Jobs;

/// <summary><c>GET jobs/{id}/records</c>: stored rows by sequence number, in the columns of the stream's MQTT topic.</summary>
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
        Action<Utf8JsonWriter> page = await PageAsync(journal, job.Id, stream, first_seq, max, cancellationToken);
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        page(writer);
        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken);
    }

    /// <summary>Reads before anything of the answer is written, so that a failure still has a status of its own.</summary>
    private static async Task<Action<Utf8JsonWriter>> PageAsync(
        IJournal journal, JobId job, string stream, long first, int max, CancellationToken cancellationToken)
    {
        if (CompanionBodies.IsCompanion(stream))
        {
            IReadOnlyList<CompanionRow> companions = await journal.ReadCompanionsAsync(job, stream, first, max, cancellationToken);
            return writer => CompanionColumns.Write(writer, job, stream, companions);
        }

        IReadOnlyList<RecordRow> rows = await journal.ReadRecordsAsync(job, stream, first, max, cancellationToken);
        return writer => RecordColumns.Write(writer, job, stream, rows);
    }
}
