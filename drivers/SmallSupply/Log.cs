using CellLab.Core.Devices;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.SmallSupply;

/// <summary>Messages of this driver, event ids 2800 to 2819.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2800, Level = LogLevel.Warning, Message = "{Device}: this driver has been checked on the simulated supply only, not on hardware; watch its first charge")]
    public static partial void NotVerified(ILogger logger, DeviceId device);
}
