using System.Runtime.CompilerServices;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;

namespace CellLab.Storage.Export;

/// <summary>All rows of a stream up to a number, a page at a time.</summary>
internal static class RecordPages
{
    private const int PageRows = 4096;

    /// <exception cref="StorageException">Rows that should be there are not.</exception>
    public static IAsyncEnumerable<RecordRow> ReadAsync(
        IJournal journal, JobId job, string stream, long lastSequence, CancellationToken cancellationToken) =>
        PagesAsync((next, wanted) => journal.ReadRecordsAsync(job, stream, next, wanted, cancellationToken), job, stream, lastSequence, cancellationToken);

    /// <exception cref="StorageException">Rows that should be there are not.</exception>
    public static IAsyncEnumerable<CompanionRow> ReadCompanionsAsync(
        IJournal journal, JobId job, string stream, long lastSequence, CancellationToken cancellationToken) =>
        PagesAsync((next, wanted) => journal.ReadCompanionsAsync(job, stream, next, wanted, cancellationToken), job, stream, lastSequence, cancellationToken);

    private static async IAsyncEnumerable<TRow> PagesAsync<TRow>(
        Func<long, int, Task<IReadOnlyList<TRow>>> readAsync, JobId job, string stream, long lastSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long next = 1; next <= lastSequence;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int wanted = (int)Math.Min(PageRows, lastSequence - next + 1);
            IReadOnlyList<TRow> page = await readAsync(next, wanted);
            if (page.Count != wanted)
            {
                throw new StorageException($"job {job}, stream {stream}: {wanted} rows from {next} on were expected, {page.Count} are there.");
            }

            foreach (TRow row in page)
            {
                yield return row;
            }

            next += wanted;
        }
    }
}
