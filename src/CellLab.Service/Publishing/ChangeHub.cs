using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Engine.Desk;

namespace CellLab.Service.Publishing;

/// <summary>Tells every open event stream what has changed. Returns at once to whoever tells it.</summary>
internal sealed class ChangeHub : IDisposable
{
    private readonly IJournal journal;
    private readonly IExperimentDesk desk;
    private readonly Lock gate = new();
    private ChangeSubscription[] subscriptions = [];

    public ChangeHub(IJournal journal, IExperimentDesk desk)
    {
        this.journal = journal;
        this.desk = desk;
        journal.EventsCommitted += OnEvents;
        desk.Changed += OnChanged;
    }

    public ChangeSubscription Subscribe()
    {
        var added = new ChangeSubscription(this);
        lock (gate)
        {
            subscriptions = [.. subscriptions, added];
        }

        return added;
    }

    public void Remove(ChangeSubscription subscription)
    {
        lock (gate)
        {
            subscriptions = [.. subscriptions.Where(other => other != subscription)];
        }
    }

    public void Dispose()
    {
        journal.EventsCommitted -= OnEvents;
        desk.Changed -= OnChanged;
    }

    /// <summary>For what is decided beside the desk, after it is done.</summary>
    public void Tell(ChangeKey change)
    {
        foreach (ChangeSubscription subscription in Volatile.Read(ref subscriptions))
        {
            subscription.Add(change);
        }
    }

    private void OnChanged(string kind, string id) => Tell(new ChangeKey(kind, id));

    private void OnEvents(IReadOnlyList<JobEvent> events)
    {
        foreach (ChangeSubscription subscription in Volatile.Read(ref subscriptions))
        {
            subscription.AddEvents(events[0].Number);
        }
    }
}
