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

    [LoggerMessage(EventId = 6344, Level = LogLevel.Error, Message = "{File} cannot be read ({Reason}); it lies as {Aside} for a person to look at, and alarms that are present are told again")]
    public static partial void OutboxUnreadable(ILogger logger, string file, string aside, string reason);

    [LoggerMessage(EventId = 6345, Level = LogLevel.Error, Message = "{File} cannot be written ({Reason}). Messages go out all the same; a restart before there is room may repeat some. Make room on the disk")]
    public static partial void OutboxNotWritten(ILogger logger, string file, string reason);

    [LoggerMessage(EventId = 6346, Level = LogLevel.Information, Message = "{File} is written again")]
    public static partial void OutboxWritten(ILogger logger, string file);
}
