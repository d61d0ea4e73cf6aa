namespace CellLab.Messaging.Clients;

/// <summary>QoS 1 messages that the library holds and the broker has not acknowledged yet, by message id. They stay here over a lost
/// connection: the library sends them again, in order, after the next connect. Not thread safe: under the connection's lock.</summary>
internal sealed class PendingPublishes
{
    private readonly Dictionary<int, Pending> _byMid = [];

    public int Count => _byMid.Count;

    public Task Add(int mid, string topic)
    {
        var pending = new Pending(topic, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _byMid[mid] = pending;
        return pending.Done.Task;
    }

    /// <summary>Ignores ids it does not know: those of QoS 0 messages.</summary>
    public void Acknowledge(int mid, int reason)
    {
        if (!_byMid.Remove(mid, out Pending? pending))
        {
            return;
        }

        // MQTT 5 section 2.4: reason codes from 128 on are failures; 16 (no matching subscribers) is none.
        if (reason >= 128)
        {
            pending.Done.SetException(new MessageException(
                $"the broker refused the message on '{pending.Topic}': {NativeClient.DescribeReason(reason)}; check its access list") { Refused = true });
        }
        else
        {
            pending.Done.SetResult();
        }
    }

    public void FailAll(string message)
    {
        foreach (Pending pending in _byMid.Values)
        {
            pending.Done.SetException(new MessageException($"{message}; '{pending.Topic}' may or may not have arrived"));
        }

        _byMid.Clear();
    }

    private sealed record Pending(string Topic, TaskCompletionSource Done);
}
