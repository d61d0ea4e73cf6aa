using System.Text;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Storage.Export;
using CellLab.Storage.Moving;

namespace CellLab.Storage.Archiving;

/// <summary>Makes the folder of one archive under its unfinished name.</summary>
internal sealed class ArchiveFolder(string dataFolder, ArchiveOrder order, ArchiveContents contents, DateTimeOffset now)
{
    private readonly List<ArchivedFile> _files = [];

    private JobId Job => order.Job.Id;

    public string Path { get; } = ArchiveNames.Unfinished(order.Root, order.Job.Id);

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true); // cut off half way
        }

        Directory.CreateDirectory(Path);
        await CopyRecordsAsync(cancellationToken);
        await AddAsync(ArchiveNames.Journal, contents.Journal, cancellationToken);
        foreach (ExportFile file in order.Files)
        {
            _files.Add(await HashedFile.WriteAsync(Path, file.Name, file.WriteAsync, cancellationToken));
        }

        await AddAsync(ArchiveNames.Crate, new ArchiveCrate(order, _files, now).Text(), cancellationToken);
        await HashedFile.WriteAsync(Path, ArchiveNames.Manifest, Writer(ArchiveManifest.Text(_files)), cancellationToken);
    }

    /// <summary>Reads everything back from the disk: every file has the sum of what was written, the database is sound and has all rows, and so has the table.</summary>
    /// <exception cref="StorageException">Something is not as it was written.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await ArchiveManifest.CheckAsync(Path, cancellationToken);
        if (contents.Rows.Count > 0)
        {
            ArchiveRows.Check(System.IO.Path.Combine(Path, ArchiveNames.Records), contents.Rows);
        }

        foreach (ArchivedFile table in _files.Where(file => file.Name.EndsWith(".bdf.csv", StringComparison.Ordinal)))
        {
            long lines = File.ReadLines(System.IO.Path.Combine(Path, table.Name)).LongCount() - 1;
            long expected = contents.Rows.GetValueOrDefault(("records", Core.Records.Streams.Cycler));
            if (lines != expected)
            {
                throw new StorageException($"{System.IO.Path.Combine(Path, table.Name)}: {lines} records are in the table, {expected} in the store.");
            }
        }
    }

    /// <summary>Gives the folder its name. An earlier archive of the same job, which has been brought back since, makes way.</summary>
    public string Name()
    {
        string finished = ArchiveNames.Finished(order.Root, Job);
        string replaced = ArchiveNames.Replaced(order.Root, Job);
        if (Directory.Exists(replaced))
        {
            Directory.Delete(replaced, recursive: true);
        }

        if (Directory.Exists(finished))
        {
            Directory.Move(finished, replaced);
        }

        Directory.Move(Path, finished);
        if (Directory.Exists(replaced))
        {
            Directory.Delete(replaced, recursive: true);
        }

        return finished;
    }

    /// <summary>The job has ended, so nobody writes into its file; the open read keeps it so. Opening it first settles what a crash may have left.</summary>
    private async Task CopyRecordsAsync(CancellationToken cancellationToken)
    {
        using JobFile? source = JobFile.OpenToRead(dataFolder, Job);
        if (source is null)
        {
            return;
        }

        source.Database.Execute("BEGIN");
        _ = source.Database.Scalar("SELECT count(*) FROM sqlite_schema");
        await using FileStream from = new(JobFile.PathOf(dataFolder, Job), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        _files.Add(await HashedFile.WriteAsync(Path, ArchiveNames.Records, from.CopyToAsync, cancellationToken));
    }

    private async Task AddAsync(string name, string text, CancellationToken cancellationToken) =>
        _files.Add(await HashedFile.WriteAsync(Path, name, Writer(text), cancellationToken));

    private static Func<Stream, CancellationToken, Task> Writer(string text) =>
        (target, cancellationToken) => target.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask();
}
