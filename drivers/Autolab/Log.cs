using CellLab.Core.Devices;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Autolab;

/// <summary>Event ids 2900 to 2999.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2900, Level = LogLevel.Warning,
        Message = "{Device}: this driver and its bridge are built from public facts and have not yet been checked on this hardware (serial {Serial}, SDK {Sdk})")]
    public static partial void NotVerified(ILogger logger, DeviceId device, string serial, string sdk);

    [LoggerMessage(EventId = 2901, Level = LogLevel.Information, Message = "{Device}: bridge {Bridge}, SDK {Sdk}, instrument {Serial}")]
    public static partial void Connected(ILogger logger, DeviceId device, string bridge, string sdk, string serial);

    [LoggerMessage(EventId = 2902, Level = LogLevel.Warning, Message = "{Device}: the connection to the bridge ended: {Problem}")]
    public static partial void ConnectionEnded(ILogger logger, DeviceId device, string problem);

    [LoggerMessage(EventId = 2903, Level = LogLevel.Information, Message = "{Channel}: {Steps} steps started as {TestId}")]
    public static partial void Started(ILogger logger, ChannelAddress channel, int steps, string testId);

    [LoggerMessage(EventId = 2908, Level = LogLevel.Error, Message = "{Device}: alarm of the bridge, {Code}: {Text}")]
    public static partial void Alarm(ILogger logger, DeviceId device, string code, string text);
}
