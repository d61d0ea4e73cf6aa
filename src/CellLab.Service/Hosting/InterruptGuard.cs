namespace CellLab.Service.Hosting;

/// <summary>Stands between a person at the keyboard and a service that steps cells: the first interrupt is refused with the reason, a second one within
/// half a minute is meant. A service manager is never refused: it would kill the process next, and nobody would open the cells.</summary>
public sealed class InterruptGuard(TimeProvider wall)
{
    private static readonly TimeSpan Meant = TimeSpan.FromSeconds(30);

    private volatile Func<string?>? reason;
    private long? refusedAt;

    /// <summary>Whether this interrupt is to be ignored; the person has been told why then.</summary>
    public bool Refuses(TextWriter error)
    {
        bool repeated = refusedAt is { } before && wall.GetElapsedTime(before) < Meant;
        if (repeated || reason?.Invoke() is not { } text)
        {
            return false;
        }

        refusedAt = wall.GetTimestamp();
        error.WriteLine(text);
        error.Flush();
        return true;
    }

    /// <param name="refusal">Why the service should not end now; null when nothing speaks against it.</param>
    internal void Arm(Func<string?> refusal) => reason = refusal;

    /// <summary>The end has begun.</summary>
    internal void Disarm() => reason = null;
}
