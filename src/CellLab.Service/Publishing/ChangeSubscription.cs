using System.Threading.Channels;

namespace CellLab.Service.Publishing;

/// <summary>What one reader has not seen yet. Changes of the same thing fall together, so a slow reader holds no memory and gets the newest state
/// of everything.</summary>
internal sealed class ChangeSubscription(ChangeHub hub) : IDisposable
{
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock gate = new();
    private readonly HashSet<ChangeKey> known = [];
    private List<ChangeKey> pending = [];
    private long? firstNewEvent;

    public void Add(ChangeKey key)
    {
        lock (gate)
        {
            if (known.Add(key))
            {
                pending.Add(key);
            }
        }

        wake.Writer.TryWrite(true);
    }

    public void AddEvents(long firstNumber)
    {
        lock (gate)
        {
            firstNewEvent ??= firstNumber;
        }

        Add(ChangeKey.Events);
    }

    /// <summary>Number of the first event since this subscription began; null before there was one.</summary>
    public long? FirstNewEvent
    {
        get
        {
            lock (gate)
            {
                return firstNewEvent;
            }
        }
    }

    /// <summary>Waits for changes and takes them, in the order in which they first came.</summary>
    public async Task<IReadOnlyList<ChangeKey>> TakeAsync(CancellationToken cancellationToken)
    {
        await wake.Reader.ReadAsync(cancellationToken);
        lock (gate)
        {
            List<ChangeKey> taken = pending;
            pending = [];
            known.Clear();
            return taken;
        }
    }

    public void Dispose() => hub.Remove(this);
}
