using CellLab.Core.Devices;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.MethodScript;

/// <summary>Event ids 2300 to 2399.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2300, Level = LogLevel.Warning,
        Message = "{Device}: this driver is built from public protocol facts and has not yet been checked on this hardware ({Type}, firmware {Firmware})")]
    public static partial void NotVerified(ILogger logger, DeviceId device, string type, string firmware);

    [LoggerMessage(EventId = 2301, Level = LogLevel.Information, Message = "{Device}: connected to {Type}, firmware {Firmware}, serial {Serial}")]
    public static partial void Connected(ILogger logger, DeviceId device, string type, string firmware, string serial);

    [LoggerMessage(EventId = 2302, Level = LogLevel.Warning, Message = "{Device}: line not understood: {Problem}")]
    public static partial void BrokenLine(ILogger logger, DeviceId device, string problem);

    [LoggerMessage(EventId = 2303, Level = LogLevel.Information, Message = "{Channel}: script of {Lines} lines started as {TestId}")]
    public static partial void Started(ILogger logger, ChannelAddress channel, int lines, string testId);

    [LoggerMessage(EventId = 2308, Level = LogLevel.Debug, Message = "{Device}: line skipped: {Line}")]
    public static partial void Skipped(ILogger logger, DeviceId device, string line);
}
