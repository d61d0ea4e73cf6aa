using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Core.Triggers;
using CellLab.Storage.Json;
using CellLab.Storage.Schema;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Reading;

/// <summary>One row of a query to one object; the columns stand in <see cref="Queries"/>.</summary>
internal static class RowReaders
{
    public static T Document<T>(Statement row) => StorageJson.Read<T>(row.Text(0), "journal.db, table of " + typeof(T).Name);

    public static Segment Segment(Statement row) => Document<Segment>(row) with
    {
        LastSequence = row.Integer(1),
        ResumeToken = row.TextOrNull(2),
        EngineToken = row.TextOrNull(3),
    };

    public static StoredStepTime StepTime(Statement row) => new(
        new JobId(row.Text(0)), row.Text(1), (int)row.Integer(2),
        new StepTime((int)row.Integer(3), (int)row.Integer(4), row.Real(5), row.Real(6), row.Integer(7), row.Integer(8)));

    public static JobEvent Event(Statement row) => new(
        row.Integer(0), Instant.FromStored(row.Integer(1)), Instant.FromStored(row.Integer(2)),
        row.TextOrNull(3) is { } job ? new JobId(job) : null, row.TextOrNull(4), row.Text(5), row.Text(6), row.TextOrNull(7));

    public static AuditEntry Audit(Statement row) => new(
        row.Integer(0), Instant.FromStored(row.Integer(1)), row.Text(2), row.Text(3), row.Text(4), row.TextOrNull(5), row.Text(6));

    public static TriggerMemory TriggerMemory(Statement row) => new(new JobId(row.Text(0)), row.Text(2), row.Integer(1) != 0);

    public static CommandAnswer Answer(Statement row) => new(row.Text(0), (int)row.Integer(1), row.Text(2));
}
