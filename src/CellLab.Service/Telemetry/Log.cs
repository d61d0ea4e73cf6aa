namespace CellLab.Service.Telemetry;

/// <summary>Messages about telemetry; event ids 6370 to 6379.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 6370, Level = LogLevel.Warning, Message = "The telemetry collector {Collector} does not take {What}: {Reason}; tried on, nothing else waits for it")]
    public static partial void CollectorAway(ILogger logger, string collector, string what, string reason);

    [LoggerMessage(EventId = 6371, Level = LogLevel.Information, Message = "The telemetry collector {Collector} takes {What} again")]
    public static partial void CollectorBack(ILogger logger, string collector, string what);

    [LoggerMessage(EventId = 6372, Level = LogLevel.Warning, Message = "The figures for the telemetry collector could not be read, and are at their next turn: {Reason}")]
    public static partial void FiguresNotRead(ILogger logger, string reason);

    [LoggerMessage(EventId = 6373, Level = LogLevel.Information, Message = "Telemetry goes to {Collector} as service {Service}")]
    public static partial void Started(ILogger logger, string collector, string service);
}
