using CellLab.Core.Events;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Storage.Schema;
using CellLab.Storage.Tail;

namespace CellLab.Storage.Writing;

/// <summary>What one transaction is going to store: every write checked against what is stored and what was planned before it, rows and
/// events numbered. Nothing is changed outside the plan until it has been committed.</summary>
internal sealed class CommitPlan(TailIndex records, TailIndex companions, Numbers numbers)
{
    private long _event = numbers.Event;
    private long _audit = numbers.Audit;

    public Numbers Numbers => new(Records.Numbers, Companions.Numbers, _event, _audit);

    public List<PendingWrite> Sound { get; } = [];

    public RowPlan<RecordRow> Records { get; } = new(RecordLayout.Instance, records, numbers.Records);

    public RowPlan<CompanionRow> Companions { get; } = new(CompanionLayout.Instance, companions, numbers.Companions);

    public List<JobEvent> Events { get; } = [];

    public List<AuditEntry> Audit { get; } = [];

    /// <exception cref="StorageException">The write's rows do not follow what is stored; the plan is as it was.</exception>
    public void Add(PendingWrite pending)
    {
        if (pending.Write is { } write)
        {
            Records.CheckContiguous(write.Records);
            Companions.CheckContiguous(write.Companions);
            Records.Add(write.Records);
            Companions.Add(write.Companions);
            Events.AddRange(write.Events.Select(item => item with { Number = ++_event }));
            Audit.AddRange(write.Audit.Select(entry => entry with { Number = ++_audit }));
        }

        Sound.Add(pending);
    }
}
