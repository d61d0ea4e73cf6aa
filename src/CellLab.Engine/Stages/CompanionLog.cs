using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Engine.Live;

namespace CellLab.Engine.Stages;

/// <summary>Numbers the rows of one stream beside the cycler's. One writer a job and stream, which stores every row that it has numbered.</summary>
internal sealed class CompanionLog
{
    private readonly string _stream;
    private long _sequence;

    private CompanionLog(string stream, long sequence, CompanionBody? last) => (_stream, _sequence, Last) = (stream, sequence, last);

    /// <summary>Of the last row that was stored before this was opened.</summary>
    public CompanionBody? Last { get; }

    public static async Task<CompanionLog> OpenAsync(IJournal journal, JobId job, string stream, CancellationToken cancellationToken)
    {
        (_, long last) = await journal.CountCompanionsAsync(job, stream, cancellationToken);
        IReadOnlyList<CompanionRow> rows = last == 0 ? [] : await journal.ReadCompanionsAsync(job, stream, last, 1, cancellationToken);
        return new CompanionLog(stream, last, rows.Count == 0 ? null : rows[0].Body);
    }

    public CompanionRow Next(LiveJob live, DateTimeOffset takenAtUtc, DateTimeOffset receivedAtUtc, CompanionBody body)
    {
        double? testTime = live.Job.StartedAtUtc is { } began ? (takenAtUtc - began).TotalSeconds : null;
        return new CompanionRow(live.Id, _stream, ++_sequence, takenAtUtc, receivedAtUtc, testTime, body);
    }
}
