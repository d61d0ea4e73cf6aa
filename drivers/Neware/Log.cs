using CellLab.Core.Devices;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Neware;

/// <summary>Event ids 2100 to 2199.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2100, Level = LogLevel.Warning,
        Message = "{Device}: this driver is built from published recordings of BTS 8.0 systems and has not yet been checked on this hardware (client {Client})")]
    public static partial void NotVerified(ILogger logger, DeviceId device, string client);

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "{Device}: broken reply to {What}: {Problem}; received: {Bytes}")]
    public static partial void BrokenReply(ILogger logger, DeviceId device, string what, string problem, string bytes);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "{Device}: connected to {Client}, {Channels} channels online")]
    public static partial void Connected(ILogger logger, DeviceId device, string client, int channels);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Warning, Message = "{Device}: configured channels are not online: {Channels}")]
    public static partial void ChannelsAbsent(ILogger logger, DeviceId device, string channels);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Information, Message = "{Channel}: start sent, barcode {Barcode}, step file {Path}")]
    public static partial void StartSent(ILogger logger, ChannelAddress channel, string barcode, string path);

    [LoggerMessage(EventId = 2105, Level = LogLevel.Information, Message = "{Channel}: test {TestId} confirmed, state {State}")]
    public static partial void StartConfirmed(ILogger logger, ChannelAddress channel, string testId, string state);

    [LoggerMessage(EventId = 2106, Level = LogLevel.Warning, Message = "{Channel}: stop try {Attempt} failed: {Problem}")]
    public static partial void StopTryFailed(ILogger logger, ChannelAddress channel, int attempt, string problem);

    [LoggerMessage(EventId = 2107, Level = LogLevel.Information, Message = "{Channel}: stop confirmed, state {State}")]
    public static partial void StopConfirmed(ILogger logger, ChannelAddress channel, string state);
}
