using CellLab.Storage.Analysis;

namespace CellLab.Service.AnalysisRole;

/// <summary>Closed cycles and results on their way to the broker, in order. What went out shortly before the broker lost its memory is sent once more:
/// it may have died with it. One thread at a time.</summary>
internal sealed class ResultQueue(TimeSpan overlap, TimeProvider wall)
{
    private readonly List<OutgoingResult> _recent = [];
    private LinkedList<OutgoingResult> _waiting = [];

    public void Add(OutgoingResult result) => _waiting.AddLast(result);

    public OutgoingResult? Next => _waiting.First?.Value;

    /// <summary>The broker has acknowledged <see cref="Next"/>.</summary>
    public void Sent()
    {
        OutgoingResult sent = _waiting.First!.Value;
        _waiting.RemoveFirst();
        _recent.RemoveAll(earlier => wall.GetElapsedTime(earlier.SentAt) > overlap);
        _recent.Add(sent with { SentAt = wall.GetTimestamp() });
    }

    public void RepeatRecent()
    {
        _waiting = new LinkedList<OutgoingResult>(
            [.. _recent.Where(sent => wall.GetElapsedTime(sent.SentAt) <= overlap), .. _waiting]);
        _recent.Clear();
    }
}

/// <param name="SentAt">Wall time stamp of the last sending.</param>
internal sealed record OutgoingResult(UnpublishedItem Item, string Topic, byte[] Payload, long SentAt = 0);
