namespace CellLab.Service.Notifying;

/// <summary>Messages about messages; event ids 6340 to 6359.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 6340, Level = LogLevel.Information, Message = "{Target} was told of {Key}")]
    public static partial void Sent(ILogger logger, string target, string key);

    [LoggerMessage(EventId = 6341, Level = LogLevel.Warning, Message = "{Target} could not be told of {Key} (attempt {Attempt}, again in {WaitSeconds} s): {Reason}")]
    public static partial void NotSent(ILogger logger, string target, string key, int attempt, double waitSeconds, string reason);

    [LoggerMessage(EventId = 6342, Level = LogLevel.Error, Message = "Telling of alarms broke and begins again in {Seconds} s")]
    public static partial void Broke(ILogger logger, Exception error, double seconds);

    [LoggerMessage(EventId = 6343, Level = LogLevel.Warning, Message = "The heartbeat was not taken: {Reason}")]
    public static partial void HeartbeatLost(ILogger logger, string reason);
}
