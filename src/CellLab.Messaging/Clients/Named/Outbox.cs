namespace CellLab.Messaging.Clients.Named;

/// <summary>Messages in the order in which they were given, over lost connections: what was on its way when one was lost goes out first on the
/// next one. Only so many are on their way at a time as the broker allows. Not thread safe: under the connection's lock.</summary>
internal sealed class Outbox
{
    private readonly LinkedList<Outgoing> _onTheirWay = [];
    private LinkedList<Outgoing> _waiting = [];

    public int Count => _onTheirWay.Count + _waiting.Count;

    public void Add(Outgoing message) => _waiting.AddLast(message);

    /// <summary>The next one to send; null when there is none or enough are on their way.</summary>
    public LinkedListNode<Outgoing>? Next(int window)
    {
        if (_waiting.First is not { } next || _onTheirWay.Count >= window)
        {
            return null;
        }

        _waiting.RemoveFirst();
        _onTheirWay.AddLast(next);
        return next;
    }

    /// <summary>False for one that a lost connection has put back among the waiting.</summary>
    public bool Remove(LinkedListNode<Outgoing> message)
    {
        if (message.List != _onTheirWay)
        {
            return false;
        }

        _onTheirWay.Remove(message);
        return true;
    }

    /// <summary>The connection is lost. Nobody waits for what is QoS 0 and went with it.</summary>
    public void PutBack()
    {
        var again = new LinkedList<Outgoing>(_onTheirWay.Concat(_waiting).Where(message => !message.Done.IsCompleted));
        _onTheirWay.Clear();
        _waiting = again;
    }

    public IEnumerable<Outgoing> TakeAll()
    {
        Outgoing[] all = [.. _onTheirWay, .. _waiting];
        _onTheirWay.Clear();
        _waiting.Clear();
        return all;
    }
}
