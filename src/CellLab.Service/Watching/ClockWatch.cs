using System.Globalization;
using CellLab.Core.Events;
using CellLab.Engine.Desk;

namespace CellLab.Service.Watching;

/// <summary>A system clock that is set while the service runs: times of records before and after do not fit each other.</summary>
internal sealed class ClockWatch(WatchSettings settings, IExperimentDesk desk, TimeProvider wall) : INodeWatch
{
    private (DateTimeOffset Utc, long Stamp)? last;

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        (DateTimeOffset utc, long stamp) = (wall.GetUtcNow(), wall.GetTimestamp());
        if (last is { } before)
        {
            double step = (utc - before.Utc - wall.GetElapsedTime(before.Stamp, stamp)).TotalSeconds;
            if (Math.Abs(step) > settings.ClockStepSeconds)
            {
                await desk.RaiseAlarmAsync(
                    MomentaryAlarms.Clock, AlarmSeverity.Warning,
                    string.Create(CultureInfo.InvariantCulture, $"The system clock was set by {step:+0.0;-0.0} s at {utc.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, or the machine slept. Look after its time service"),
                    null, null);
                await desk.ClearAlarmAsync(MomentaryAlarms.Clock); // it happened; it stays until somebody has seen it
            }
        }

        last = (utc, stamp);
    }
}
