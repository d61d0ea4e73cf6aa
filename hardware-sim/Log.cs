using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim;

/// <summary>Messages of the bench, event ids from 8000.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 8001, Level = LogLevel.Information, Message = "{Device} listens on {Address} with {Channels} channels")]
    public static partial void Listening(ILogger logger, string device, Uri address, int channels);

    [LoggerMessage(EventId = 8002, Level = LogLevel.Information, Message = "Bench ready: lab clock {LabTime:O} at speed {Speed}, state in {Folder}")]
    public static partial void Ready(ILogger logger, DateTimeOffset labTime, double speed, string folder);

    [LoggerMessage(EventId = 8003, Level = LogLevel.Information, Message = "Fault {Fault} on {Place} switched {State}")]
    public static partial void FaultSwitched(ILogger logger, string fault, string place, string state);

    [LoggerMessage(EventId = 8004, Level = LogLevel.Warning, Message = "Control request refused: {Reason}")]
    public static partial void ControlRefused(ILogger logger, string reason);

    [LoggerMessage(EventId = 8101, Level = LogLevel.Information, Message = "{Device} {Channel}: test {TestId} with {Steps} steps started")]
    public static partial void Started(ILogger logger, string device, string channel, int testId, int steps);

    [LoggerMessage(EventId = 8102, Level = LogLevel.Warning, Message = "{Device} {Channel}: start refused: {Reason}")]
    public static partial void StartRefused(ILogger logger, string device, string channel, string reason);

    [LoggerMessage(EventId = 8103, Level = LogLevel.Warning, Message = "{Device} {Channel}: step file: {Note}")]
    public static partial void StepFileNote(ILogger logger, string device, string channel, string note);

    [LoggerMessage(EventId = 8104, Level = LogLevel.Warning, Message = "{Device}: request is not XML, connection dropped; it began with {Text}")]
    public static partial void BrokenRequest(ILogger logger, string device, string text);

    [LoggerMessage(EventId = 8105, Level = LogLevel.Debug, Message = "{Device}: client gone: {Reason}")]
    public static partial void ClientGone(ILogger logger, string device, string reason);

    [LoggerMessage(EventId = 8106, Level = LogLevel.Trace, Message = "{Device}: {Command}")]
    public static partial void Request(ILogger logger, string device, string command);

    [LoggerMessage(EventId = 8107, Level = LogLevel.Information, Message = "{Device}: bridge program {State}")]
    public static partial void Bridge(ILogger logger, string device, string state);

    [LoggerMessage(EventId = 8201, Level = LogLevel.Warning, Message = "Cell {Cell}: at {Seconds} s of lab time {Second} was switched on while {First} was on")]
    public static partial void TwoSourcesOn(ILogger logger, string cell, double seconds, string first, string second);
}
