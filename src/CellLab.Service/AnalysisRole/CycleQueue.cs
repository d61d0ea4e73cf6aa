using CellLab.Storage.Analysis;

namespace CellLab.Service.AnalysisRole;

/// <summary>Closed cycles on their way to the broker, in order. What went out shortly before the broker lost its memory is sent once more:
/// it may have died with it. One thread at a time.</summary>
internal sealed class CycleQueue(TimeSpan overlap, TimeProvider wall)
{
    private readonly List<OutgoingCycle> _recent = [];
    private LinkedList<OutgoingCycle> _waiting = [];

    public void Add(OutgoingCycle cycle) => _waiting.AddLast(cycle);

    public OutgoingCycle? Next => _waiting.First?.Value;

    /// <summary>The broker has acknowledged <see cref="Next"/>.</summary>
    public void Sent()
    {
        OutgoingCycle sent = _waiting.First!.Value;
        _waiting.RemoveFirst();
        _recent.RemoveAll(cycle => wall.GetElapsedTime(cycle.SentAt) > overlap);
        _recent.Add(sent with { SentAt = wall.GetTimestamp() });
    }

    public void RepeatRecent()
    {
        _waiting = new LinkedList<OutgoingCycle>(
            [.. _recent.Where(cycle => wall.GetElapsedTime(cycle.SentAt) <= overlap), .. _waiting]);
        _recent.Clear();
    }
}

/// <param name="SentAt">Wall time stamp of the last sending.</param>
internal sealed record OutgoingCycle(UnpublishedCycle Cycle, byte[] Payload, long SentAt = 0);
