using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine;

internal static partial class Log
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "{Device} is online: {Model}, {Firmware}")]
    public static partial void DeviceOnline(ILogger logger, DeviceId device, string? model, string? firmware);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "{Device} fault ({Kind}): {Reason}")]
    public static partial void DeviceFault(ILogger logger, DeviceId device, FaultKind kind, string reason);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error, Message = "{Device}: the driver failed in an unexpected way; the connection is made anew")]
    public static partial void DeviceTaskFailed(ILogger logger, DeviceId device, Exception reason);

    [LoggerMessage(EventId = 3010, Level = LogLevel.Information, Message = "Job {Job} ({Sample}): {State}: {Reason}")]
    public static partial void JobState(ILogger logger, JobId job, string sample, JobState state, string reason);

    [LoggerMessage(EventId = 3011, Level = LogLevel.Warning, Message = "Job {Job}: signal {Signal} is not legal in state {State}")]
    public static partial void IllegalSignal(ILogger logger, JobId job, JobSignal signal, JobState state);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Error, Message = "Job {Job} could not be started: {Reason}")]
    public static partial void StartFailed(ILogger logger, JobId job, string reason);

    [LoggerMessage(EventId = 3013, Level = LogLevel.Error, Message = "Job {Job}: the stop is not confirmed: {Reason}")]
    public static partial void StopNotConfirmed(ILogger logger, JobId job, string reason);

    [LoggerMessage(EventId = 3020, Level = LogLevel.Error, Message = "Records of {Device} could not be stored and will be fetched again: {Reason}")]
    public static partial void CommitFailed(ILogger logger, DeviceId device, string reason);

    [LoggerMessage(EventId = 3021, Level = LogLevel.Error, Message = "{What} could not be stored: {Reason}")]
    public static partial void StoreFailed(ILogger logger, string what, string reason);

    [LoggerMessage(EventId = 3040, Level = LogLevel.Warning, Message = "{Channel} is held at open circuit: {Reason}")]
    public static partial void Held(ILogger logger, string channel, string reason);

    [LoggerMessage(EventId = 3041, Level = LogLevel.Warning, Message = "{Channel}: test {Test} is taken over at executed step {StepCount} and held until a person resumes it")]
    public static partial void TakenOver(ILogger logger, string channel, string test, int stepCount);

    [LoggerMessage(EventId = 3042, Level = LogLevel.Warning, Message = "{Channel}: the device does not watch this limit by itself: {Limit}")]
    public static partial void LimitNotInDevice(ILogger logger, string channel, string limit);

    [LoggerMessage(EventId = 3044, Level = LogLevel.Information, Message = "{Device}: its clock is not read now, it is tried again: {Reason}")]
    public static partial void ClockNotRead(ILogger logger, DeviceId device, string reason);

    [LoggerMessage(EventId = 3043, Level = LogLevel.Error, Message = "{Device}: {Reason}")]
    public static partial void LeftUnconfirmed(ILogger logger, DeviceId device, string reason);

    [LoggerMessage(EventId = 3050, Level = LogLevel.Warning, Message = "Job {Job}: the diffractometer: {Reason}")]
    public static partial void NotArmed(ILogger logger, JobId job, string reason);

    [LoggerMessage(EventId = 3051, Level = LogLevel.Error, Message = "Job {Job}: its triggers have ended; cycling goes on")]
    public static partial void TriggersFailed(ILogger logger, JobId job, Exception reason);

    [LoggerMessage(EventId = 3030, Level = LogLevel.Warning, Message = "Alarm {Alarm}: {Text}")]
    public static partial void AlarmRaised(ILogger logger, string alarm, string text);

    [LoggerMessage(EventId = 3031, Level = LogLevel.Information, Message = "Alarm {Alarm}: cause gone")]
    public static partial void AlarmCleared(ILogger logger, string alarm);

    [LoggerMessage(EventId = 3051, Level = LogLevel.Error, Message = "Job {Job}: {What}; that failed: {Reason}")]
    public static partial void PolicyFailed(ILogger logger, JobId job, string what, string reason);

    [LoggerMessage(EventId = 3050, Level = LogLevel.Error, Message = "Job {Job}: the step '{Kind}' failed in an unexpected way")]
    public static partial void StageFailed(ILogger logger, JobId job, string kind, Exception reason);
}
