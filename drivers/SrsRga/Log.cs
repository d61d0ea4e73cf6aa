using CellLab.Core.Devices;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.SrsRga;

/// <summary>Messages of this driver, event ids 2500 to 2549.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 2500,
        Level = LogLevel.Warning,
        Message = "{Device}: this driver has not yet been checked on hardware ({Model}); compare its readings with another program before you rely on it")]
    public static partial void NotVerified(ILogger logger, DeviceId device, string model);

    [LoggerMessage(EventId = 2501, Level = LogLevel.Information, Message = "{Device}: connected to {Model}, serial {Serial}, firmware {Firmware}")]
    public static partial void Connected(ILogger logger, DeviceId device, string model, string serial, string firmware);

    [LoggerMessage(
        EventId = 2502, Level = LogLevel.Debug, Message = "{Device}: in step at attempt {Attempt}, {Bytes} bytes discarded, STATUS {Status}")]
    public static partial void InStep(ILogger logger, DeviceId device, int attempt, long bytes, int status);

    [LoggerMessage(EventId = 2503, Level = LogLevel.Warning, Message = "{Device}: not in step at attempt {Attempt}: {Problem}")]
    public static partial void NotInStep(ILogger logger, DeviceId device, int attempt, string problem);

    [LoggerMessage(EventId = 2504, Level = LogLevel.Warning, Message = "{Device}: pass {Pass} lost, try {Attempt}: {Problem}")]
    public static partial void PassLost(ILogger logger, DeviceId device, long pass, int attempt, string problem);

    [LoggerMessage(EventId = 2505, Level = LogLevel.Information, Message = "{Device}: emission {EmissionMilliamperes} mA, multiplier {MultiplierVolts} V")]
    public static partial void SwitchedOn(ILogger logger, DeviceId device, double emissionMilliamperes, double multiplierVolts);

    [LoggerMessage(EventId = 2507, Level = LogLevel.Information, Message = "{Device}: turned away at attempt {Attempt}: {Problem}")]
    public static partial void TurnedAway(ILogger logger, DeviceId device, int attempt, string problem);

    [LoggerMessage(EventId = 2506, Level = LogLevel.Information, Message = "{Device}: multiplier and filament are off")]
    public static partial void SwitchedOff(ILogger logger, DeviceId device);
}
