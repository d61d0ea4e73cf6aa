using System.IO.Compression;
using CellLab.Analysis.Cycling;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using CellLab.Service.Hosting;
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
        string id, string format, HttpContext http, IJournal journal, ICycleSource cycles, NodeInfo node, Clocks clocks, IExperimentDesk desk,
        CancellationToken cancellationToken)
    {
        if (!Formats.Contains(format, StringComparer.Ordinal))
        {
            throw RestProblemException.NotFound("export format", format, $"Use one of {string.Join(", ", Formats)}.");
        }

        Job job = await JobFinder.FindAsync(journal, id, cancellationToken);
        ExportContext context = Context(node, clocks, desk);
        IReadOnlyList<ExportFile> files = format switch
        {
            "bdf-csv" => await new BdfCsvExport(journal, context).PrepareAsync(job, cancellationToken),
            "ixdat-csv" => [await new IxdatCsvExport(journal, context).PrepareAsync(job, cancellationToken)],
            _ => [await CyclesAsync(context, job, journal, cycles, cancellationToken)],
        };
        // The compressor writes the end of an entry synchronously, whichever way it is closed.
        http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return TypedResults.Stream(
            body => WriteAsync(files, clocks, body, cancellationToken), "application/zip", $"{job.Id}-{format}.zip");
    }

    private static ExportContext Context(NodeInfo node, Clocks clocks, IExperimentDesk desk) => new(
        node.Site,
        NodeInfo.Version,
        NodeInfo.Commit,
        new ExportClock(clocks.Lab.Speed, null, null),
        [.. desk.Devices.Select(device => new ExportDevice(device.Id, device.Driver, device.Simulated, device.Identity))]);

    private static async Task<ExportFile> CyclesAsync(
        ExportContext context, Job job, IJournal journal, ICycleSource source, CancellationToken cancellationToken)
    {
        IReadOnlyList<CycleView> cycles = await CycleReading.ReadAsync(job, journal, source, cancellationToken);
        IReadOnlyList<Segment> segments = await journal.ReadSegmentsAsync(job.Id, cancellationToken);
        return CyclesCsvExport.Prepare(context, job, segments, CycleTable.Of(cycles));
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
