using System.IO.Compression;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Storage.Export;
using Microsoft.AspNetCore.Http.Features;

namespace CellLab.Service.Rest.Jobs;

/// <summary><c>GET jobs/{id}/exports/{format}</c>: the job's data as it is now in one archive, written while it is read. It is final when the job
/// is.</summary>
internal static class ExportEndpoint
{
    private static readonly string[] Formats = ["bdf-csv", "cycles-csv", "ixdat-csv"];

    public static void MapExports(this RouteGroupBuilder api) =>
        api.MapGet("/jobs/{id}/exports/{format}", ExportAsync)
            .Produces(StatusCodes.Status200OK, contentType: "application/zip")
            .WithSummary("All records (bdf-csv), one row a cycle (cycles-csv) or cycler and ion currents together (ixdat-csv) as a zip archive");

    private static async Task<IResult> ExportAsync(
        string id, string format, HttpContext http, IJournal journal, JobExports exports, Clocks clocks, CancellationToken cancellationToken)
    {
        if (!Formats.Contains(format, StringComparer.Ordinal))
        {
            throw RestProblemException.NotFound("export format", format, $"Use one of {string.Join(", ", Formats)}.");
        }

        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        IReadOnlyList<ExportFile> files = format switch
        {
            "bdf-csv" => await exports.BdfAsync(job, cancellationToken),
            "ixdat-csv" => [await exports.IxdatAsync(job, cancellationToken)],
            _ => [await exports.CyclesAsync(job, cancellationToken)],
        };
        // The compressor writes the end of an entry synchronously, whichever way it is closed.
        http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return TypedResults.Stream(
            body => WriteAsync(files, clocks, body, cancellationToken), "application/zip", $"{job.Id}-{format}.zip");
    }

    private static async Task WriteAsync(IReadOnlyList<ExportFile> files, Clocks clocks, Stream body, CancellationToken cancellationToken)
    {
        await using ZipArchive archive = await ZipArchive.CreateAsync(body, ZipArchiveMode.Create, leaveOpen: true, null, cancellationToken);
        foreach (ExportFile file in files)
        {
            ZipArchiveEntry entry = archive.CreateEntry(file.Name, CompressionLevel.Fastest);
            entry.LastWriteTime = clocks.Wall.GetUtcNow();
            await using Stream target = await entry.OpenAsync(cancellationToken);
            await file.WriteAsync(target, cancellationToken);
        }
    }
}
