using System.Runtime.CompilerServices;
using CellLab.Core.Events;
using CellLab.Core.Storage;

namespace CellLab.Service.Rest.Streaming;

/// <summary>Reads the list of events onward from where one reader stands.</summary>
internal sealed class EventPages(IJournal journal, long? lastSeen)
{
    private long? last = lastSeen;

    /// <param name="firstNew">Where a reader begins that has seen nothing.</param>
    public async IAsyncEnumerable<JobEvent> NewAsync(
        long? firstNew, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        last ??= firstNew - 1;
        while (last is { } after)
        {
            IReadOnlyList<JobEvent> page = await journal.ReadEventsAsync(null, after, pageSize, cancellationToken);
            foreach (JobEvent happened in page)
            {
                last = happened.Number;
                yield return happened;
            }

            if (page.Count < pageSize)
            {
                yield break;
            }
        }
    }
}
