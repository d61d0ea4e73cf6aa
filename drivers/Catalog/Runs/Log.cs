using CellLab.Core.Devices;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Catalog.Runs;

/// <summary>Event ids 2000 to 2099.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2000, Level = LogLevel.Information, Message = "{Device}: cell off, confirmed")]
    public static partial void CellOff(ILogger logger, DeviceId device);

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "{Device}: try {Attempt} to switch the cell off failed: {Problem}")]
    public static partial void CellOffFailed(ILogger logger, DeviceId device, int attempt, string problem);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "{Device}: cell state unknown: {Problem}; look at the instrument now")]
    public static partial void CellUnknown(ILogger logger, DeviceId device, string problem);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, Message = "{Device}: the run ended: {Problem}")]
    public static partial void RunBroken(ILogger logger, DeviceId device, string problem);
}
