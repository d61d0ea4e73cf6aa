using CellLab.Core.Jobs;
using CellLab.Storage.Moving;
using CellLab.Storage.Schema;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;
using CellLab.Storage.Writing;

namespace CellLab.Storage.Archiving;

/// <summary>Takes the rows of an archived job out of the data folder, a little at a time, so that no commit of a running job waits long. Everything here may be done
/// twice: what a crash leaves is made up for when the journal is opened again.</summary>
internal sealed class ArchiveClearing(string folder, JournalWriter writer, ArchiveBook book, Action<ArchiveStep> before)
{
    private const int RowsAtOnce = 1024;
    private const int PagesAtOnce = 64;

    /// <summary>Free pages that the journal keeps for what comes.</summary>
    private const long PagesKept = 256;

    public void Run(JobArchive archive)
    {
        before(ArchiveStep.Strip);
        Strip(archive.Job);
        before(ArchiveStep.Forget);
        foreach (JournalTable table in JournalTable.All.Where(table => table.Leaves))
        {
            Repeat(database => Delete(database, table, archive.Job));
        }

        before(ArchiveStep.Settle);
        JobArchive cleared = archive with { IsCleared = true };
        writer.Write(new PendingWrite { Run = database => ArchiveBook.Store(database, cleared) });
        book.Put(cleared);
        Repeat(FreePages);
    }

    /// <summary>Only the last record stays in the job's file: by its voltage the cell is known when it is used again.</summary>
    private void Strip(JobId job)
    {
        using JobFile? whole = JobFile.OpenToRead(folder, job);
        if (whole is null)
        {
            return;
        }

        string file = JobFile.PathOf(folder, job);
        string stub = file + ".last";
        File.Delete(stub);
        using (JobFile small = JobFile.OpenFileToAppend(stub))
        {
            var last = new List<Core.Records.RecordRow>();
            var name = new StreamName(job, Core.Records.Streams.Cycler);
            long number = whole.LastSequence(RecordLayout.Instance, name);
            whole.Read(RecordLayout.Instance, name, number, number, last);
            small.Append(RecordLayout.Instance, last);
        }

        File.Move(stub, file, overwrite: true);
        File.Delete(stub + "-journal");
    }

    private void Repeat(Func<Database, bool> some)
    {
        bool more = true;
        while (more)
        {
            writer.Write(new PendingWrite { Run = database => more = some(database) });
        }
    }

    private static bool Delete(Database database, JournalTable table, JobId job)
    {
        using (Statement delete = database.Prepare(table.DeleteSome))
        {
            delete.Bind(1, job.Value);
            delete.Bind(2, RowsAtOnce);
            delete.Execute();
        }

        using Statement any = database.Prepare(table.HasAny);
        any.Bind(1, job.Value);
        return any.Step();
    }

    /// <summary>A file that an earlier version made does not give pages back; they are used again there.</summary>
    private static bool FreePages(Database database)
    {
        long free = Count(database, "PRAGMA freelist_count");
        if (free <= PagesKept || Count(database, "PRAGMA auto_vacuum") == 0)
        {
            return false;
        }

        database.Execute($"PRAGMA incremental_vacuum({Math.Min(PagesAtOnce, free - PagesKept)})");
        return Count(database, "PRAGMA freelist_count") < free;
    }

    private static long Count(Database database, string pragma)
    {
        using Statement query = database.Prepare(pragma);
        return query.Step() ? query.Integer(0) : 0;
    }
}
