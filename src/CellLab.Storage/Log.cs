using Microsoft.Extensions.Logging;

namespace CellLab.Storage;

internal static partial class Log
{
    [LoggerMessage(EventId = 4001, Level = LogLevel.Information,
        Message = "Journal {Path} is open: {Rows} rows in the tail, last position {Position}")]
    public static partial void Opened(ILogger logger, string path, long rows, long position);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "A subscriber to commits failed; the commit itself is stored")]
    public static partial void SubscriberFailed(ILogger logger, Exception fault);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Warning,
        Message = "Rows cannot be moved into a job's file; they stay safe in the journal, next try in {RetrySeconds} s")]
    public static partial void MoverInTrouble(ILogger logger, Exception fault, double retrySeconds);

    [LoggerMessage(EventId = 4004, Level = LogLevel.Information, Message = "Rows are moved into the jobs' files again")]
    public static partial void MoverRecovered(ILogger logger);

    [LoggerMessage(EventId = 4005, Level = LogLevel.Warning,
        Message = "Job {Job} is archived, but its rows could not be cleared away here; next try at the next start")]
    public static partial void ClearingInTrouble(ILogger logger, Exception fault, string job);
}
