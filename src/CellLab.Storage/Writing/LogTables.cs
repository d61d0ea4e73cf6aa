using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Storage.Schema;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Writing;

/// <summary>Stores what is only ever added, and cursors.</summary>
internal sealed class LogTables(Database database)
{
    private readonly Statement _event = database.Prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    private readonly Statement _audit = database.Prepare("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)");
    private readonly Statement _answer = database.Prepare("INSERT OR IGNORE INTO answers VALUES (?, ?, ?)"); // the first answer stays
    private readonly Statement _cursor = database.Prepare("REPLACE INTO cursors VALUES (?, ?)");

    public void Store(JobEvent item)
    {
        _event.Bind(1, item.Number);
        _event.Bind(2, Instant.ToStored(item.AtUtc));
        _event.Bind(3, Instant.ToStored(item.WallUtc));
        _event.Bind(4, item.Job?.Value);
        _event.Bind(5, item.Device);
        _event.Bind(6, item.Kind);
        _event.Bind(7, item.Text);
        _event.Bind(8, item.DataJson);
        _event.Execute();
    }

    public void Store(AuditEntry entry)
    {
        _audit.Bind(1, entry.Number);
        _audit.Bind(2, Instant.ToStored(entry.WallUtc));
        _audit.Bind(3, entry.Who);
        _audit.Bind(4, entry.Command);
        _audit.Bind(5, entry.Target);
        _audit.Bind(6, entry.Reason);
        _audit.Bind(7, entry.Result);
        _audit.Execute();
    }

    public void Store(CommandAnswer answer)
    {
        _answer.Bind(1, answer.Key);
        _answer.Bind(2, answer.StatusCode);
        _answer.Bind(3, answer.BodyJson);
        _answer.Execute();
    }

    public void Store(CursorMove cursor)
    {
        _cursor.Bind(1, cursor.Name);
        _cursor.Bind(2, cursor.Position);
        _cursor.Execute();
    }
}
