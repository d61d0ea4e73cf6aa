using CellLab.Core.Devices;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.ModbusCycler;

/// <summary>Event ids 2400 to 2499.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2400, Level = LogLevel.Warning,
        Message = "{Device}: the register map {Map} comes from published drivers; this driver has not yet been checked on this hardware")]
    public static partial void NotVerified(ILogger logger, DeviceId device, string map);

    [LoggerMessage(EventId = 2401, Level = LogLevel.Information, Message = "{Device}: connected to {Model} by map {Map}")]
    public static partial void Connected(ILogger logger, DeviceId device, string model, string map);

    [LoggerMessage(EventId = 2402, Level = LogLevel.Warning,
        Message = "{Channel}: the device has no watchdog; when the service ends hard, the output goes on within the device's own limits")]
    public static partial void NoWatchdog(ILogger logger, ChannelAddress channel);

    [LoggerMessage(EventId = 2403, Level = LogLevel.Warning, Message = "{Channel}: switching off, try {Attempt} failed: {Problem}")]
    public static partial void OffTryFailed(ILogger logger, ChannelAddress channel, int attempt, string problem);

    [LoggerMessage(EventId = 2404, Level = LogLevel.Information, Message = "{Channel}: output off, read back")]
    public static partial void SwitchedOff(ILogger logger, ChannelAddress channel);

    [LoggerMessage(EventId = 2405, Level = LogLevel.Information, Message = "{Device}: remote control not given back: {Problem}")]
    public static partial void NotReleased(ILogger logger, DeviceId device, string problem);
}
