using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Live;
using CellLab.Engine.Setup;
using CellLab.Engine.Supervision;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Control;

/// <summary>Measures the clocks of the instruments of running jobs: when a job has begun, after each reconnect, and once an hour of lab time. What is found is kept
/// with the job; an event is written for the first one, when the clock has moved by more than both are uncertain, and once a day.</summary>
internal sealed class ClockWatch(LiveJobs jobs, PipelineBook pipelines, JobLedger ledger, IJournal journal, IDeviceLanes lanes, EngineTimings timings, Clocks clocks, ILogger logger)
{
    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_eventEvery = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<DeviceId, (ClockNote Note, DeviceIdentity? Connection, DateTimeOffset AtLab, long AtWall)> _read = [];
    private readonly Dictionary<(JobId Job, DeviceId Device), (ClockNote Note, DateTimeOffset AtLab)> _told = [];
    private readonly ConcurrentDictionary<JobId, IReadOnlyList<ClockNote>> _notes = new();

    /// <summary>What is known of a running job's clocks now; empty for others.</summary>
    public IReadOnlyList<ClockNote> NotesOf(JobId job) => _notes.GetValueOrDefault(job, []);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(timings.ClockLook, clocks.Wall);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            LiveJob[] begun = [.. jobs.All.Where(live => live.Job.StartedAtUtc is not null)];
            foreach (DeviceId device in begun.SelectMany(DevicesOf).Distinct())
            {
                await LookAsync(device, [.. begun.Where(live => DevicesOf(live).Contains(device))], stopping);
            }

            Forget(begun);
        }
    }

    private IEnumerable<DeviceId> DevicesOf(LiveJob live) =>
        (pipelines.Of(live)?.Roles.Values.Select(channel => channel.Device) ?? []).Append(live.Channel.Device).Distinct();

    private async Task LookAsync(DeviceId device, LiveJob[] users, CancellationToken stopping)
    {
        if (lanes.Find(device) is not { State: DeviceState.Online or DeviceState.Degraded } supervisor || supervisor.Capability<IInstrumentClock>() is not { } clock)
        {
            return;
        }

        if (IsDue(device, supervisor.Identity, users) && await ReadAsync(device, supervisor, clock, stopping) is { } reading)
        {
            _read[device] = (ClockNote.Of(device, reading), supervisor.Identity, clocks.Lab.GetUtcNow(), clocks.Wall.GetTimestamp());
        }

        if (_read.TryGetValue(device, out var read))
        {
            foreach (LiveJob live in users)
            {
                await KeepAsync(live, device, read.Note);
            }
        }
    }

    /// <param name="connection">A new object with every connect.</param>
    private bool IsDue(DeviceId device, DeviceIdentity? connection, LiveJob[] users)
    {
        if (!_read.TryGetValue(device, out var read) || !ReferenceEquals(read.Connection, connection))
        {
            return true;
        }

        bool waits = read.Note.OffsetSeconds is null || users.Any(live => !_told.ContainsKey((live.Id, device)));
        return clocks.Wall.GetElapsedTime(read.AtWall) >= timings.ClockRepeat && clocks.Lab.GetUtcNow() - read.AtLab >= (waits ? s_again : s_every);
    }

    /// <summary>Null where the instrument does not answer now: its supervisor sees to that.</summary>
    private async Task<ClockReading?> ReadAsync(DeviceId device, DeviceSupervisor supervisor, IInstrumentClock clock, CancellationToken stopping)
    {
        try
        {
            return await supervisor.RunAsync((_, token) => clock.ReadClockAsync(token), stopping).WaitAsync(s_patience, clocks.Wall, stopping);
        }
        catch (Exception away) when (away is DeviceFaultException or TimeoutException || (away is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            Log.ClockNotRead(logger, device, away.Message);
            return null;
        }
    }

    private async Task KeepAsync(LiveJob live, DeviceId device, ClockNote note)
    {
        _notes[live.Id] = [.. NotesOf(live.Id).Where(known => known.Device != note.Device), note];
        bool known = _told.TryGetValue((live.Id, device), out var told);
        if (known && (told.Note == note || (!told.Note.HasMovedTo(note) && clocks.Lab.GetUtcNow() - told.AtLab < s_eventEvery)))
        {
            return;
        }

        try
        {
            JobEvent happened = ledger.Event(live.Id, ClockNote.EventKind, Text(note), note.Device) with { DataJson = JsonSerializer.Serialize(note) };
            await journal.CommitAsync(new JournalWrite { Events = [happened] }, CancellationToken.None);
            _told[(live.Id, device)] = (note, clocks.Lab.GetUtcNow());
        }
        catch (StorageException full)
        {
            Log.StoreFailed(logger, $"The clock of {device}", full.Message); // told at the next look
        }
    }

    private static string Text(ClockNote note) => note.OffsetSeconds is { } offset
        ? string.Create(CultureInfo.InvariantCulture, $"clock of {note.Device}: {offset:+0.000;-0.000;0.000} s against lab time, +-{note.UncertaintySeconds:0.000} s ({note.Source}); data is not shifted")
        : $"clock of {note.Device} is not known: {note.Source}";

    private void Forget(LiveJob[] begun)
    {
        foreach ((JobId Job, DeviceId Device) gone in _told.Keys.Where(key => !begun.Any(live => live.Id == key.Job)).ToList())
        {
            _told.Remove(gone);
            _notes.TryRemove(gone.Job, out _);
        }
    }
}
