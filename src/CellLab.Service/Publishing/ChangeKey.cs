namespace CellLab.Service.Publishing;

/// <summary>What has changed: <c>device</c>, <c>channel</c>, <c>job</c>, <c>progress</c>, <c>alarm</c> with its id, or <c>event</c> for news in the
/// list of events.</summary>
internal readonly record struct ChangeKey(string Kind, string Id)
{
    public static ChangeKey Events { get; } = new("event", "");
}
