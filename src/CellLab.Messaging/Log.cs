using CellLab.Messaging.Clients;
using Microsoft.Extensions.Logging;

namespace CellLab.Messaging;

internal static partial class Log
{
    [LoggerMessage(EventId = 5001, Level = LogLevel.Information, Message = "Connected to the MQTT broker at {Broker}")]
    public static partial void Connected(ILogger logger, BrokerAddress broker);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "No connection to the MQTT broker at {Broker}: {Reason}; trying again until it is there")]
    public static partial void Disconnected(ILogger logger, BrokerAddress broker, string reason);

    [LoggerMessage(EventId = 5003, Level = LogLevel.Error, Message = "A handler of the MQTT client failed")]
    public static partial void HandlerFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 5004, Level = LogLevel.Error, Message = "The broker refused the subscription {Filter}: {Reason}")]
    public static partial void SubscriptionRefused(ILogger logger, string filter, string reason);

    [LoggerMessage(EventId = 5005, Level = LogLevel.Warning, Message = "The status of this node was not announced: {Reason}")]
    public static partial void AnnouncementFailed(ILogger logger, string reason);

    [LoggerMessage(EventId = 5101, Level = LogLevel.Information, Message = "The MQTT broker is ready; readers connect to {Host}:{Port}")]
    public static partial void BrokerReady(ILogger logger, string host, int port);

    [LoggerMessage(EventId = 5102, Level = LogLevel.Warning, Message = "The MQTT broker is gone, starting it again: {Reason}")]
    public static partial void BrokerLost(ILogger logger, string reason);

    [LoggerMessage(EventId = 5103, Level = LogLevel.Debug, Message = "mosquitto: {Line}")]
    public static partial void BrokerSaid(ILogger logger, string line);

    [LoggerMessage(EventId = 5201, Level = LogLevel.Warning, Message = "Publishing stopped and begins again at its cursor in {DelaySeconds} s: {Reason}")]
    public static partial void PublishingFailed(ILogger logger, double delaySeconds, string reason);

    [LoggerMessage(EventId = 5202, Level = LogLevel.Warning, Message = "Events are not published, trying again in {DelaySeconds} s: {Reason}")]
    public static partial void EventsFailed(ILogger logger, double delaySeconds, string reason);

    [LoggerMessage(EventId = 5203, Level = LogLevel.Warning, Message = "Retained states are not published, trying again in {DelaySeconds} s: {Reason}")]
    public static partial void RetainedFailed(ILogger logger, double delaySeconds, string reason);

    [LoggerMessage(EventId = 5204, Level = LogLevel.Warning,
        Message = "Rows of the instruments beside the cycler are not published, trying again in {DelaySeconds} s: {Reason}")]
    public static partial void CompanionsFailed(ILogger logger, double delaySeconds, string reason);

    [LoggerMessage(EventId = 5010, Level = LogLevel.Error, Message = "The broker was not told of changed users: {Reason}")]
    public static partial void ReadersNotTold(ILogger logger, string reason);
}
