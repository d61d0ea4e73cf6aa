using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Service.Publishing;
using CellLab.Service.Reloading;
using CellLab.Storage.Archiving;
using CellLab.Storage.Export;

namespace CellLab.Service.Rest.Jobs;

/// <summary>Decides whether a job may leave the store, and says what its archive holds.</summary>
internal sealed class ArchiveDesk(IJournal journal, JobArchives archives, JobExports exports, ICycleSource cycles, RunningConfiguration running, ChangeHub hub)
{
    /// <exception cref="RestProblemException">The job is needed here, or there is no folder for archives.</exception>
    /// <exception cref="StorageException">It was not archived and nothing has left the store, or it was and not all rows have left yet.</exception>
    public async Task ArchiveAsync(Job job, string who, string reason, CancellationToken cancellationToken)
    {
        string root = running.Current.Archive.Folder ?? throw new RestProblemException(
            StatusCodes.Status409Conflict, "No folder for archives is configured.", null, "Add \"archive\": { \"folder\": ... } to the configuration.");
        await RefuseNeededAsync(job, cancellationToken);
        IReadOnlyList<Segment> segments = await journal.ReadSegmentsAsync(job.Id, cancellationToken);
        List<ExportFile> files = [.. await exports.BdfAsync(job, cancellationToken), await exports.CyclesAsync(job, cancellationToken)];
        (long ions, _) = await journal.CountCompanionsAsync(job.Id, Streams.MassSpectrometer, cancellationToken);
        if (ions > 0)
        {
            files.Add(await exports.IxdatAsync(job, cancellationToken));
        }

        var order = new ArchiveOrder(job, root, exports.Context, files, running.Current.Archive.License, who, reason)
        {
            Devices = [.. segments.Select(segment => segment.Channel.Device).Distinct()],
        };
        // A caller that goes away does not end it half way.
        await ToldAsync(job, archives.ArchiveAsync(order, CancellationToken.None)).WaitAsync(cancellationToken);
    }

    /// <exception cref="RestProblemException">The job is not archived.</exception>
    /// <exception cref="StorageException">Its archive is not as it was written; it stays archived.</exception>
    public async Task RestoreAsync(Job job, string who, string reason, CancellationToken cancellationToken)
    {
        if (archives.Find(job.Id) is null)
        {
            throw Refused($"Job {job.Id} is not archived: its records are here.");
        }

        await ToldAsync(job, archives.RestoreAsync(job.Id, who, reason, CancellationToken.None)).WaitAsync(cancellationToken);
    }

    /// <summary>Open pages show where the records are. An archive can be complete although rows have still to leave.</summary>
    private async Task ToldAsync(Job job, Task done)
    {
        try
        {
            await done;
        }
        finally
        {
            hub.Tell(new ChangeKey("job", job.Id.Value));
        }
    }

    private static RestProblemException Refused(string why, string? hint = null) => new(StatusCodes.Status409Conflict, why, "job", hint);

    private async Task RefuseNeededAsync(Job job, CancellationToken cancellationToken)
    {
        if (archives.Find(job.Id) is { } archive)
        {
            throw Refused($"Job {job.Id} is archived already, in {archive.Folder}.");
        }

        if (!job.State.IsFinal())
        {
            throw Refused($"Job {job.Id} has not ended: it is {job.State}.", "Only what has ended can be archived.");
        }

        if ((await journal.ReadJobsAsync(cancellationToken)).FirstOrDefault(other => !other.State.IsFinal() && (other.Behind == job.Id || other.Sample == job.Sample)) is { } needs)
        {
            throw Refused($"Job {needs.Id} ({needs.State}) goes on with the cell of job {job.Id} and needs its records.", "Archive it when that one has ended.");
        }

        if ((await journal.ReadOpenTriggerMemoriesAsync(cancellationToken)).Any(memory => memory.Job == job.Id))
        {
            throw Refused($"Patterns of job {job.Id} are still expected.", "Archive it when they are recorded.");
        }

        (long stored, _) = await journal.CountRecordsAsync(job.Id, Streams.Cycler, cancellationToken);
        await RequireAnalysedAsync(job, Streams.Cycler, stored, cancellationToken);
        foreach (string stream in CompanionBodies.Streams)
        {
            (long rows, _) = await journal.CountCompanionsAsync(job.Id, stream, cancellationToken);
            await RequireAnalysedAsync(job, stream, rows, cancellationToken);
        }
    }

    private async Task RequireAnalysedAsync(Job job, string stream, long stored, CancellationToken cancellationToken)
    {
        if (stored > 0 && await cycles.CountAnalysedAsync(job, stream, cancellationToken) is var analysed && (analysed ?? 0) < stored)
        {
            throw Refused($"Job {job.Id} is not analysed yet: {analysed ?? 0} of {stored} records of '{stream}'.", "Its results stay here, so they are made first: let the analysis role run.");
        }
    }
}
