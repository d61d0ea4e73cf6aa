namespace CellLab.Service.Watching;

/// <summary>A level with delay and dead band: broken when the value has been above it for the delay without a break, whole again when it falls below the level less the
/// dead band. Pure but for what it remembers.</summary>
/// <param name="broken">It was when the service was here last.</param>
internal sealed class LevelRule(double level, double deadBand, TimeSpan delay, bool broken = false)
{
    private DateTimeOffset? above;

    public bool IsBroken { get; private set; } = broken;

    /// <summary>Whether <see cref="IsBroken"/> has changed.</summary>
    public bool Update(double value, DateTimeOffset at)
    {
        bool before = IsBroken;
        if (IsBroken)
        {
            IsBroken = value >= level - deadBand;
            above = IsBroken ? above : null;
        }
        else
        {
            above = value > level ? above ?? at : null;
            IsBroken = above is { } since && at - since >= delay;
        }

        return IsBroken != before;
    }
}
