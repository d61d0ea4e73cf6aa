using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Core.Triggers;
using CellLab.Engine.Setup;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Triggers;

/// <summary>The triggers of one job as they are stored. What changes is collected and becomes durable together, with what the rules remember.</summary>
internal sealed class TriggerBook(JobId job, string device, IJournal journal, Clocks clocks, EngineTimings timings, ILogger logger)
{
    private readonly SortedDictionary<int, TriggerIntent> _intents = [];
    private readonly HashSet<int> _changed = [];
    private readonly List<JobEvent> _events = [];
    private volatile TriggerCounts _counts = new(0, 0, 0, 0);

    /// <summary>Readable from any task.</summary>
    public TriggerCounts Counts => _counts;

    public IReadOnlyList<TriggerIntent> All => [.. _intents.Values];

    public IEnumerable<TriggerIntent> Open => _intents.Values.Where(intent => intent.IsOpen);

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (TriggerIntent intent in await journal.ReadTriggersAsync(job, cancellationToken))
        {
            _intents[intent.Number] = intent;
        }

        Count();
    }

    public TriggerIntent Add(Func<int, TriggerIntent> make)
    {
        TriggerIntent intent = make(_intents.Count == 0 ? 1 : _intents.Keys.Last() + 1);
        Put(intent);
        return intent;
    }

    public TriggerIntent Find(string id) => _intents.Values.First(intent => intent.Id == id);

    public void Change(string id, Func<TriggerIntent, TriggerIntent> change) => Put(change(Find(id)));

    public void Tell(string text) => _events.Add(new JobEvent(0, clocks.Lab.GetUtcNow(), clocks.Wall.GetUtcNow(), job, device, "trigger", text));

    /// <summary>Durable when it returns. A store that cannot take it is asked again: nothing is sent that is not stored.</summary>
    public async Task CommitAsync(string? token, bool isOpen, IReadOnlyList<CompanionRow> patterns, CancellationToken cancellationToken)
    {
        var write = new JournalWrite
        {
            Triggers = [.. _changed.Select(number => _intents[number])],
            Events = [.. _events],
            Companions = patterns,
            TriggerMemories = token is null ? [] : [new TriggerMemory(job, token, isOpen)],
        };
        if (write.Triggers.Count == 0 && write.Events.Count == 0 && token is null)
        {
            return;
        }

        while (true)
        {
            try
            {
                await journal.CommitAsync(write, CancellationToken.None);
                break;
            }
            catch (StorageException failure)
            {
                Log.StoreFailed(logger, $"A trigger of job {job}", failure.Message);
                await Task.Delay(timings.StorageRetry, clocks.Wall, cancellationToken);
            }
        }

        _changed.Clear();
        _events.Clear();
        Count();
    }

    private void Put(TriggerIntent intent)
    {
        _intents[intent.Number] = intent;
        _changed.Add(intent.Number);
    }

    private void Count() => _counts = new TriggerCounts(
        _intents.Values.Count(intent => intent.Times.Out is not null || intent.Fate is TriggerFate.Exposing or TriggerFate.Exposed or TriggerFate.Recorded),
        _intents.Values.Count(intent => intent.Fate == TriggerFate.Recorded),
        _intents.Values.Count(intent => intent.Fate is TriggerFate.Missed or TriggerFate.NotAcknowledged or TriggerFate.Lost),
        _intents.Values.Count(intent => intent.Fate == TriggerFate.Unconfirmed));
}

/// <param name="Fired">Pulses that went out.</param>
internal sealed record TriggerCounts(int Fired, int Recorded, int Missed, int Unconfirmed);
