namespace CellLab.Service.Offline.Preview;

/// <summary>One part of the program that the channel, another instrument or a person does without a break. <paramref name="Why"/> says why it begins, <paramref name="CellBefore"/> what the
/// cell does until then (empty for the first); <paramref name="Watched"/>: the service may end it early.</summary>
public sealed record PreviewedSegment(int Segment, double StartsAtS, double DurationS, string Why, string CellBefore, bool Watched)
{
    /// <summary>False where nobody can tell how long it takes: it counts as nothing.</summary>
    public bool DurationKnown { get; init; } = true;

    /// <summary>Who acts: <c>cycler</c>, another role, or <c>person</c>.</summary>
    public string Role { get; init; } = ConfiguredChannels.Cycler;
}
