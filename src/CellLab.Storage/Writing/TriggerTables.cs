using CellLab.Core.Triggers;
using CellLab.Storage.Json;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Writing;

/// <summary>Stores triggers and what their rules remember; each replaces the row of its key.</summary>
internal sealed class TriggerTables(Database database)
{
    private readonly Statement _trigger = database.Prepare("REPLACE INTO triggers VALUES (?, ?, ?, ?)");
    private readonly Statement _memory = database.Prepare("REPLACE INTO trigger_memory VALUES (?, ?, ?)");

    public void Store(TriggerIntent intent)
    {
        _trigger.Bind(1, intent.Job.Value);
        _trigger.Bind(2, intent.Number);
        _trigger.Bind(3, intent.Fate.ToString());
        _trigger.Bind(4, StorageJson.Write(intent));
        _trigger.Execute();
    }

    public void Store(TriggerMemory memory)
    {
        _memory.Bind(1, memory.Job.Value);
        _memory.Bind(2, memory.IsOpen ? 1L : 0L);
        _memory.Bind(3, memory.Token);
        _memory.Execute();
    }
}
