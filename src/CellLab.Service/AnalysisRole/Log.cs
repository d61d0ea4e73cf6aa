namespace CellLab.Service.AnalysisRole;

/// <summary>Messages of the analysis role; event ids 6500 to 6599.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 6501, Level = LogLevel.Information, Message = "Job {Job}: the analysis goes on after record {Sequence}")]
    public static partial void AnalysisOpened(ILogger logger, string job, long sequence);

    [LoggerMessage(EventId = 6502, Level = LogLevel.Information, Message = "Job {Job}: all {Records} records are analysed")]
    public static partial void AnalysisEnded(ILogger logger, string job, long records);

    [LoggerMessage(EventId = 6503, Level = LogLevel.Information,
        Message = "Job {Job}: records {First} to {Last} did not come by message; they are read from the service")]
    public static partial void HoleFilled(ILogger logger, string job, long first, long last);

    [LoggerMessage(EventId = 6504, Level = LogLevel.Information,
        Message = "Job {Job}: the arithmetic is now {Method}; its records are read again from the first")]
    public static partial void MethodChanged(ILogger logger, string job, string method);

    [LoggerMessage(EventId = 6505, Level = LogLevel.Warning, Message = "The analysis cannot ask the service and waits: {Reason}")]
    public static partial void ServiceNotReached(ILogger logger, string reason);

    [LoggerMessage(EventId = 6506, Level = LogLevel.Warning, Message = "The broker does not take {Topic} now, it is sent again: {Reason}")]
    public static partial void CycleWaitsForBroker(ILogger logger, string topic, string reason);

    [LoggerMessage(EventId = 6507, Level = LogLevel.Warning,
        Message = "A message on {Topic} cannot be read and is passed over, its records come from the service: {Reason}")]
    public static partial void MessageNotUnderstood(ILogger logger, string topic, string reason);

    [LoggerMessage(EventId = 6509, Level = LogLevel.Error,
        Message = "Job {Job}: the analysis of stream {Stream} failed and is left out until the next start")]
    public static partial void CompanionAnalysisFailed(ILogger logger, Exception error, string job, string stream);

    [LoggerMessage(EventId = 6510, Level = LogLevel.Information,
        Message = "Job {Job}: the sample was amended, {Count} results are made anew with {Milligrams} mg")]
    public static partial void AmendedResults(ILogger logger, string job, int count, double milligrams);

    [LoggerMessage(EventId = 6508, Level = LogLevel.Error, Message = "The analysis failed and begins again in {RetrySeconds} s")]
    public static partial void SessionFailed(ILogger logger, Exception error, double retrySeconds);
}
