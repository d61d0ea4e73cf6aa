using CellLab.Core.Events;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Storage.Writing;
using Microsoft.Extensions.Logging;

namespace CellLab.Storage;

/// <summary>Tells subscribers of each commit, in order. A subscriber that fails is logged and harms neither the commit nor the others.</summary>
internal sealed class CommitNotices(ILogger logger)
{
    public event Action<CommittedRows>? RowsCommitted;

    public event Action<IReadOnlyList<CompanionRow>>? CompanionsCommitted;

    public event Action<IReadOnlyList<JobEvent>>? EventsCommitted;

    public void Tell(CommitPlan plan)
    {
        if (plan.Records.Rows is [var first, ..] rows)
        {
            Tell(RowsCommitted, new CommittedRows(first.Position, rows.ConvertAll(row => row.Row)));
        }

        if (plan.Companions.Rows.Count > 0)
        {
            Tell(CompanionsCommitted, plan.Companions.Rows.ConvertAll(row => row.Row));
        }

        if (plan.Events.Count > 0)
        {
            Tell(EventsCommitted, plan.Events);
        }
    }

    private void Tell<T>(Action<T>? subscribers, T notice)
    {
        foreach (Action<T> subscriber in Delegate.EnumerateInvocationList(subscribers))
        {
            try
            {
                subscriber(notice);
            }
#pragma warning disable CA1031 // whatever a subscriber does wrong, what is stored is stored
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Log.SubscriberFailed(logger, fault);
            }
        }
    }
}
