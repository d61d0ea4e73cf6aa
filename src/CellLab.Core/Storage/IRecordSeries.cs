using CellLab.Core.Jobs;
using CellLab.Core.Series;

namespace CellLab.Core.Storage;

/// <summary>Records of the cycler for looking at: few summaries instead of millions of rows, and the rows themselves where somebody looks closely.</summary>
public interface IRecordSeries
{
    /// <summary>Runs that touch the time from <paramref name="fromSeconds"/> to <paramref name="toSeconds"/>, in order; together they hold every record
    /// between their first and last. Stored runs have up to 64 records, what is newest comes record by record.</summary>
    Task<IReadOnlyList<RecordRun>> ReadRunsAsync(JobId job, string stream, double fromSeconds, double toSeconds, CancellationToken cancellationToken);

    /// <summary>Every record with these sequence numbers that is stored, in order.</summary>
    Task<IReadOnlyList<RecordPoint>> ReadPointsAsync(
        JobId job, string stream, long firstSequence, long lastSequence, CancellationToken cancellationToken);
}
