using CellLab.Core.Devices;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.XrdTrigger;

/// <summary>Messages of this driver, event ids 2600 to 2619.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2600, Level = LogLevel.Information, Message = "{Device}: connected to {Model}, output low")]
    public static partial void Connected(ILogger logger, DeviceId device, string? model);

    [LoggerMessage(EventId = 2601, Level = LogLevel.Information, Message = "{Device}: trigger {Id} {Outcome}")]
    public static partial void Fired(ILogger logger, DeviceId device, string id, PulseOutcome outcome);

    [LoggerMessage(EventId = 2602, Level = LogLevel.Warning, Message = "{Device}: trigger {Id}: {Note}")]
    public static partial void Doubtful(ILogger logger, DeviceId device, string id, string note);

    [LoggerMessage(EventId = 2603, Level = LogLevel.Warning, Message = "{Device}: trigger {Id} was asked for again; no second pulse")]
    public static partial void Repeated(ILogger logger, DeviceId device, string id);

    [LoggerMessage(
        EventId = 2604,
        Level = LogLevel.Warning,
        Message = "{Device}: this driver has not yet been checked on hardware; try it without a cell before you rely on it")]
    public static partial void NotVerified(ILogger logger, DeviceId device);
}
