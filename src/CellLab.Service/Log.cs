namespace CellLab.Service;

/// <summary>Messages of the service; event ids 6000 to 6499.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 6001, Level = LogLevel.Information,
        Message = "CellLab {Version} node {Site}/{Node}, start {StartNumber}, roles {Roles}, listening on {Address}")]
    public static partial void Started(ILogger logger, string version, string site, string node, long startNumber, Hosting.ServiceRoles roles, string address);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Information, Message = "The service ends; {RunningCells} cells go on in their instruments, {Parked} that it stepped itself are opened, {Unconfirmed} of them NOT confirmed")]
    public static partial void Stopping(ILogger logger, int runningCells, int parked, int unconfirmed);

    [LoggerMessage(EventId = 6003, Level = LogLevel.Warning, Message = "The state of {Kind} {Id} was not published: {Reason}")]
    public static partial void StateNotPublished(ILogger logger, string kind, string id, string reason);

    [LoggerMessage(EventId = 6005, Level = LogLevel.Warning, Message = "Which states are at the broker cannot be kept in {Path}: {Reason}; those of devices that are removed may stay there")]
    public static partial void PublishedStatesFailed(ILogger logger, string path, string reason);

    [LoggerMessage(EventId = 6004, Level = LogLevel.Error, Message = "A part of the publishing broke and begins again in {Seconds} s")]
    public static partial void PublishingFailed(ILogger logger, Exception error, double seconds);

    [LoggerMessage(EventId = 6010, Level = LogLevel.Error, Message = "Request {Method} {Path} failed")]
    public static partial void RequestFailed(ILogger logger, Exception error, string method, string path);

    [LoggerMessage(EventId = 6020, Level = LogLevel.Information, Message = "The configuration was read again by {Who}: {Outcome}")]
    public static partial void Reloaded(ILogger logger, string who, string outcome);

    [LoggerMessage(EventId = 6021, Level = LogLevel.Error, Message = "The configuration was not taken, nothing has changed: {Reason}")]
    public static partial void ReloadRefused(ILogger logger, string reason);
}
