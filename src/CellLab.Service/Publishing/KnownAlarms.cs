using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;

namespace CellLab.Service.Publishing;

/// <summary>Alarms as they are now: what is in force comes from memory, since a full disk keeps it out of the store; what is over from the store.</summary>
internal static class KnownAlarms
{
    public static async Task<IReadOnlyList<Alarm>> ReadAsync(IJournal journal, IExperimentDesk desk, bool includeOver, CancellationToken cancellationToken)
    {
        IReadOnlyList<Alarm> stored = await journal.ReadAlarmsAsync(includeOver, cancellationToken);
        IReadOnlyList<Alarm> present = desk.Alarms;
        return [.. present, .. stored.ExceptBy(present.Select(alarm => alarm.Id), alarm => alarm.Id)];
    }
}
