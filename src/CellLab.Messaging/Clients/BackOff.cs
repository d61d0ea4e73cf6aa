namespace CellLab.Messaging.Clients;

/// <summary>Delays that double from the first to the longest one; pure.</summary>
public sealed class BackOff(TimeSpan first, TimeSpan longest)
{
    private TimeSpan? _next;

    public TimeSpan Next()
    {
        TimeSpan delay = _next ?? first;
        _next = delay + delay < longest ? delay + delay : longest;
        return delay;
    }

    public void Reset() => _next = null;
}
