namespace CellLab.Engine.Sources;

internal enum LeaseOutcome
{
    /// <summary>All other sources of the cell were read back as off.</summary>
    Granted,

    /// <summary>An instrument does not answer: asked again by itself.</summary>
    TryLater,

    /// <summary>A person has to act.</summary>
    Refused,
}

/// <param name="Reason">What the job waits for, one sentence.</param>
internal sealed record LeaseAnswer(LeaseOutcome Outcome, string Reason)
{
    public static LeaseAnswer Granted { get; } = new(LeaseOutcome.Granted, "");
}
