using System.Runtime.CompilerServices;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;

namespace CellLab.Storage.Export;

/// <summary>All rows of a stream up to a number, a page at a time.</summary>
internal static class RecordPages
{
    private const int PageRows = 4096;

    public static async IAsyncEnumerable<RecordRow> ReadAsync(
        IJournal journal, JobId job, string stream, long lastSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long next = 1; next <= lastSequence;)
        {
            int wanted = (int)Math.Min(PageRows, lastSequence - next + 1);
            IReadOnlyList<RecordRow> page = await journal.ReadRecordsAsync(job, stream, next, wanted, cancellationToken);
            if (page.Count != wanted)
            {
                throw new StorageException($"job {job}, stream {stream}: {wanted} rows from {next} on were expected, {page.Count} are there.");
            }

            foreach (RecordRow row in page)
            {
                yield return row;
            }

            next += wanted;
        }
    }
}
