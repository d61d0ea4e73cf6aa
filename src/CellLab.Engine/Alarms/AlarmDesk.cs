using System.Collections.Concurrent;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Desk;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Alarms;

/// <summary>Latched alarms: one per source, kept until its cause is gone and a person has acknowledged it. An alarm is in force at once;
/// that the store is full must not keep it from being seen.</summary>
internal sealed class AlarmDesk(IJournal journal, Clocks clocks, ILogger logger)
{
    private readonly ConcurrentDictionary<string, Alarm> _alarms = new();

    private readonly ConcurrentDictionary<string, Alarm> _unstored = new();

    public event Action<Alarm>? Changed;

    public IReadOnlyList<Alarm> Present => [.. _alarms.Values.Where(alarm => !alarm.IsOver)];

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (Alarm alarm in await journal.ReadAlarmsAsync(includeOver: false, cancellationToken))
        {
            _alarms[alarm.Id] = alarm;
        }
    }

    /// <summary>Raises an alarm, or does nothing when its source has raised it already.</summary>
    public async Task RaiseAsync(string id, AlarmSeverity severity, string text, JobId? job, string? device)
    {
        if (_alarms.TryGetValue(id, out Alarm? present) && present.Active && present.Text == text)
        {
            return;
        }

        Log.AlarmRaised(logger, id, text);
        var raised = present is { Active: true }
            ? present with { Text = text, Severity = severity }
            : new Alarm(id, severity, text, job, device, clocks.Lab.GetUtcNow(), Active: true);
        await StoreAsync(raised);
    }

    /// <summary>The cause is gone; the alarm stays until it is acknowledged.</summary>
    public async Task ClearAsync(string id)
    {
        if (_alarms.TryGetValue(id, out Alarm? present) && present.Active)
        {
            Log.AlarmCleared(logger, id);
            await StoreAsync(present with { Active = false });
        }
    }

    /// <summary>An ended job has no cause left that lasts; what happened stays in the list until it is acknowledged.</summary>
    /// <param name="but">Ids of what may last longer than a segment.</param>
    public async Task ClearOfJobAsync(JobId job, params IReadOnlyList<string> but)
    {
        foreach (Alarm alarm in _alarms.Values.Where(alarm => alarm.Job == job && !but.Contains(alarm.Id)))
        {
            await ClearAsync(alarm.Id);
        }
    }

    /// <exception cref="DeskRefusedException">No such alarm.</exception>
    public async Task AcknowledgeAsync(string id, string who, string? note, AuditEntry audit, CancellationToken cancellationToken)
    {
        if (!_alarms.TryGetValue(id, out Alarm? present) || present.IsOver)
        {
            throw new DeskRefusedException($"there is no alarm '{id}'; 'celllab alarm list' shows those that are present", "id");
        }

        if (present.AcknowledgedAtUtc is null)
        {
            Alarm acknowledged = present with { AcknowledgedAtUtc = clocks.Wall.GetUtcNow(), AcknowledgedBy = who, Note = note };
            await journal.CommitAsync(new JournalWrite { Alarms = [acknowledged], Audit = [audit] }, cancellationToken);
            Publish(acknowledged);
        }
    }

    /// <param name="until">Wall time; now or before takes it off the shelf again.</param>
    /// <exception cref="DeskRefusedException">No such alarm.</exception>
    public async Task ShelveAsync(string id, DateTimeOffset until, string who, string note, AuditEntry audit, CancellationToken cancellationToken)
    {
        if (!_alarms.TryGetValue(id, out Alarm? present) || present.IsOver)
        {
            throw new DeskRefusedException($"there is no alarm '{id}'; 'celllab alarm list' shows those that are present", "id");
        }

        bool shelved = until > clocks.Wall.GetUtcNow();
        Alarm changed = present with { ShelvedUntilUtc = shelved ? until : null, ShelvedBy = shelved ? who : null, ShelfNote = shelved ? note : null };
        await journal.CommitAsync(new JournalWrite { Alarms = [changed], Audit = [audit] }, cancellationToken);
        Publish(changed);
    }

    private async Task StoreAsync(Alarm alarm)
    {
        Publish(alarm);
        _unstored[alarm.Id] = alarm;
        Alarm[] waiting = [.. _unstored.Values];
        try
        {
            await journal.CommitAsync(new JournalWrite { Alarms = waiting }, CancellationToken.None);
        }
        catch (StorageException failure)
        {
            Log.StoreFailed(logger, $"Alarm {alarm.Id}", failure.Message); // stored with the next one, at the latest with that of the disk when it is over
            return;
        }

        foreach (Alarm stored in waiting)
        {
            _unstored.TryRemove(KeyValuePair.Create(stored.Id, stored));
        }

        Changed?.Invoke(alarm); // who reads the store, because the alarm is over, finds it there now
    }

    private void Publish(Alarm alarm)
    {
        _alarms[alarm.Id] = alarm;
        Changed?.Invoke(alarm);
        if (alarm.IsOver)
        {
            _alarms.TryRemove(alarm.Id, out _);
        }
    }
}
