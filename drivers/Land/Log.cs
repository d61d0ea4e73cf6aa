using CellLab.Core.Devices;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Land;

/// <summary>Event ids 2700 to 2799.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2700, Level = LogLevel.Warning,
        Message = "{Device}: the .ccs format is known from two open readers and one real file; following has not yet been checked on this tester. Start and stop are a person's")]
    public static partial void NotVerified(ILogger logger, DeviceId device);

    [LoggerMessage(EventId = 2701, Level = LogLevel.Information, Message = "{Device}: follows {Folder}, data files of {Present} of {Channels} channels")]
    public static partial void Connected(ILogger logger, DeviceId device, string folder, int present, int channels);

    [LoggerMessage(EventId = 2702, Level = LogLevel.Warning, Message = "{Device}: data file {File} cannot be read: {Problem}")]
    public static partial void Unreadable(ILogger logger, DeviceId device, string file, string problem);
}
