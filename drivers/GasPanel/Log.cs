using CellLab.Core.Devices;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.GasPanel;

/// <summary>Messages of this driver, event ids 2580 to 2599.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2580, Level = LogLevel.Information, Message = "{Device}: connected, outputs {Outputs}")]
    public static partial void Connected(ILogger logger, DeviceId device, string outputs);

    [LoggerMessage(EventId = 2581, Level = LogLevel.Information, Message = "{Device}: valves turned to {Route}")]
    public static partial void Switched(ILogger logger, DeviceId device, GasRoute route);
}
