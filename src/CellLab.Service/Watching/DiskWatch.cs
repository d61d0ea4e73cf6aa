using System.Globalization;
using CellLab.Core.Events;
using CellLab.Engine.Desk;

namespace CellLab.Service.Watching;

/// <summary>Room on the disk of the data folder, now and as it has been going for up to a day.</summary>
internal sealed class DiskWatch(WatchSettings settings, Func<long> freeBytes, IExperimentDesk desk, TimeProvider wall) : INodeWatch
{
    private const double Gigabyte = 1e9;
    private const double BackAgain = 1.1;

    private static readonly TimeSpan s_least = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_most = TimeSpan.FromHours(24);

    private readonly Queue<(DateTimeOffset At, double Free)> history = new();

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = wall.GetUtcNow();
        double free = freeBytes() / Gigabyte;
        history.Enqueue((now, free));
        while (now - history.Peek().At > s_most)
        {
            history.Dequeue();
        }

        bool low = free < settings.DiskFreeGigabytes * (IsActive("disk") ? BackAgain : 1);
        await SetAsync("disk", low, AlarmSeverity.Critical, string.Create(CultureInfo.InvariantCulture, $"Only {free:F1} GB are free for the data. Make room, or records cannot be stored"));
        if (DaysLeft(now, free) is { } days) // an alarm from before a restart stays until it is known again
        {
            bool soon = days < settings.DiskForecastDays * (IsActive("disk-forecast") ? BackAgain : 1);
            await SetAsync("disk-forecast", soon, AlarmSeverity.Warning, string.Create(CultureInfo.InvariantCulture, $"The disk of the data is full in about {Math.Max(1, Math.Round(days))} days, as it has been filling"));
        }
    }

    /// <summary>Null while too little is known; without end when nothing is being written.</summary>
    private double? DaysLeft(DateTimeOffset now, double free)
    {
        (DateTimeOffset at, double before) = history.Peek();
        return now - at < s_least ? null : before > free ? free / ((before - free) / (now - at).TotalDays) : double.PositiveInfinity;
    }

    private Task SetAsync(string id, bool broken, AlarmSeverity severity, string text) =>
        broken ? IsActive(id) ? Task.CompletedTask : desk.RaiseAlarmAsync(id, severity, text, null, null) : desk.ClearAlarmAsync(id);

    private bool IsActive(string id) => desk.Alarms.Any(alarm => alarm.Id == id && alarm.Active);
}
