using CellLab.Core.Devices;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.PrismaPro;

/// <summary>Messages of this driver, event ids 2550 to 2579.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 2550,
        Level = LogLevel.Warning,
        Message = "{Device}: this driver has not yet been checked on hardware (firmware {Firmware}); compare its readings with another program before you rely on it")]
    public static partial void NotVerified(ILogger logger, DeviceId device, string firmware);

    [LoggerMessage(EventId = 2551, Level = LogLevel.Information, Message = "{Device}: connected to {Model}, serial {Serial}, firmware {Firmware}, in control")]
    public static partial void Connected(ILogger logger, DeviceId device, string model, string serial, string firmware);

    [LoggerMessage(EventId = 2552, Level = LogLevel.Information, Message = "{Device}: emission is on, multiplier {Multiplier}")]
    public static partial void SwitchedOn(ILogger logger, DeviceId device, bool multiplier);

    [LoggerMessage(EventId = 2553, Level = LogLevel.Information, Message = "{Device}: multiplier and emission are off")]
    public static partial void SwitchedOff(ILogger logger, DeviceId device);
}
