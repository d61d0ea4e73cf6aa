using CellLab.Core.Events;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Storage.Schema;
using CellLab.Storage.Sqlite;
using CellLab.Storage.Tail;

namespace CellLab.Storage.Writing;

/// <summary>Turns waiting writes into transactions. All share one; when the database refuses it, each is tried alone, so that a bad write fails
/// nobody else.</summary>
internal sealed class Committer(Database database, TailIndex records, TailIndex companions, Numbers last, Action<CommitPlan> committed)
{
    private readonly RowTables<RecordRow> _records = new(database, RecordLayout.Instance);
    private readonly RowTables<CompanionRow> _companions = new(database, CompanionLayout.Instance);
    private readonly DocumentTables _documents = new(database);
    private readonly TriggerTables _triggers = new(database);
    private readonly LogTables _logs = new(database);
    private Numbers _last = last;

    public void Commit(IReadOnlyList<PendingWrite> writes)
    {
        CommitPlan plan = Plan(writes);
        if (plan.Sound.Count == 0 || TryCommit(plan) is not { } fault)
        {
            return;
        }

        if (plan.Sound.Count == 1)
        {
            plan.Sound[0].Fail(fault);
            return;
        }

        foreach (PendingWrite write in plan.Sound)
        {
            Commit([write]);
        }
    }

    private CommitPlan Plan(IReadOnlyList<PendingWrite> writes)
    {
        var plan = new CommitPlan(records, companions, _last);
        foreach (PendingWrite write in writes)
        {
            try
            {
                plan.Add(write);
            }
            catch (StorageException fault)
            {
                write.Fail(fault);
            }
        }

        return plan;
    }

    private StorageException? TryCommit(CommitPlan plan)
    {
        try
        {
            Store(plan);
        }
#pragma warning disable CA1031 // whatever one write does wrong, the writer goes on for the others
        catch (Exception fault)
#pragma warning restore CA1031
        {
            RollBack();
            return fault as StorageException ?? (fault as SqliteFaultException)?.ToStorageException()
                ?? new StorageException($"{database.Path}: the write cannot be stored ({fault.Message}); nothing of it is stored.", fault);
        }

        _last = plan.Numbers;
        committed(plan);
        return null;
    }

    private void RollBack()
    {
        _documents.Forget();
        if (!database.InTransaction)
        {
            return; // a full disk rolls back by itself
        }

        try
        {
            database.Execute("ROLLBACK");
        }
        catch (SqliteFaultException)
        {
            // The next BEGIN meets the same trouble and tells its caller.
        }
    }

    private void Store(CommitPlan plan)
    {
        database.Execute("BEGIN IMMEDIATE");
        _records.Store(plan.Records);
        _companions.Store(plan.Companions);
        foreach (PendingWrite pending in plan.Sound)
        {
            Store(pending);
        }

        foreach (JobEvent item in plan.Events)
        {
            _logs.Store(item);
        }

        foreach (AuditEntry entry in plan.Audit)
        {
            _logs.Store(entry);
        }

        database.Execute("COMMIT");
    }

    private void Store(PendingWrite pending)
    {
        if (pending.Write is { } write)
        {
            Store(write.Jobs, _documents.Store);
            Store(write.Segments, _documents.Store);
            Store(write.Intents, _documents.Store);
            Store(write.Triggers, _triggers.Store);
            Store(write.TriggerMemories, _triggers.Store);
            Store(write.Alarms, _documents.Store);
            Store(write.Samples, _documents.Store);
            Store(write.StepTimes, _documents.Store);
            Store(write.Answers, _logs.Store);
        }

        if (pending.Cursor is { } cursor)
        {
            _logs.Store(cursor);
        }

        if (pending.Trim is { } trim)
        {
            _records.Store(trim);
            _companions.Store(trim);
        }

        pending.Run?.Invoke(database);
    }

    private static void Store<T>(IReadOnlyList<T> items, Action<T> store)
    {
        foreach (T item in items)
        {
            store(item);
        }
    }
}
