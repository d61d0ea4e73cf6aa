namespace CellLab.Service.Watching;

/// <summary>Messages of the watches; event ids 6360 to 6369.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 6360, Level = LogLevel.Error, Message = "A watch broke and looks again at its next turn")]
    public static partial void WatchBroke(ILogger logger, Exception error);
}
