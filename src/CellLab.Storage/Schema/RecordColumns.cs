using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Storage.Sqlite;

namespace CellLab.Storage.Schema;

/// <summary>The columns that a record has in the journal's tail and in the job's file alike, in one order. Instants are stored exactly, as
/// multiples of 100 ns since 1970-01-01 UTC.</summary>
internal static class RecordColumns
{
    public const int Count = 19;

    public const string Names =
        "segment, test_time_s, cycle_count, block, pass, record_number, step_count, step_id, step_kind, step_time_s, segment_time_s, "
        + "provisional, taken_at_100ns, received_at_100ns, voltage_v, current_a, step_capacity_ah, step_energy_wh, instrument_cycle";

    public const string Definitions = """
        segment INTEGER NOT NULL,
        test_time_s REAL NOT NULL,
        cycle_count INTEGER NOT NULL,
        block TEXT NOT NULL,
        pass INTEGER NOT NULL,
        record_number INTEGER NOT NULL,
        step_count INTEGER NOT NULL,
        step_id INTEGER NOT NULL,
        step_kind INTEGER NOT NULL,
        step_time_s REAL NOT NULL,
        segment_time_s REAL NOT NULL,
        provisional INTEGER NOT NULL,
        taken_at_100ns INTEGER NOT NULL,
        received_at_100ns INTEGER NOT NULL,
        voltage_v REAL NOT NULL,
        current_a REAL NOT NULL,
        step_capacity_ah REAL,
        step_energy_wh REAL,
        instrument_cycle INTEGER
        """;

    /// <summary><see cref="Count"/> question marks.</summary>
    public static string Marks { get; } = string.Join(", ", Enumerable.Repeat("?", Count));

    public static void Bind(Statement statement, int first, RecordRow row)
    {
        InstrumentRecord record = row.Record;
        statement.Bind(first, row.Segment);
        statement.Bind(first + 1, row.TestTimeSeconds);
        statement.Bind(first + 2, row.Cycle);
        statement.Bind(first + 3, row.Block);
        statement.Bind(first + 4, row.Pass);
        statement.Bind(first + 5, record.RecordNumber);
        statement.Bind(first + 6, record.StepCount);
        statement.Bind(first + 7, record.StepId);
        statement.Bind(first + 8, (long)record.Kind);
        statement.Bind(first + 9, record.StepTimeSeconds);
        statement.Bind(first + 10, record.SegmentTimeSeconds);
        statement.Bind(first + 11, record.Provisional ? 1L : 0L);
        statement.Bind(first + 12, Instant.ToStored(record.TakenAtUtc));
        statement.Bind(first + 13, Instant.ToStored(record.ReceivedAtUtc));
        statement.Bind(first + 14, record.VoltageVolts);
        statement.Bind(first + 15, record.CurrentAmperes);
        statement.Bind(first + 16, record.StepCapacityAmpereHours);
        statement.Bind(first + 17, record.StepEnergyWattHours);
        statement.Bind(first + 18, (long?)record.InstrumentCycle);
    }

    public static RecordRow Read(Statement row, int first, JobId job, string stream, long sequence) => new(
        job, stream, sequence,
        (int)row.Integer(first),
        row.Real(first + 1),
        (int)row.Integer(first + 2),
        string.Intern(row.Text(first + 3)), // a job has few blocks: one string each instead of one a row
        (int)row.Integer(first + 4),
        ReadRecord(row, first + 5));

    private static InstrumentRecord ReadRecord(Statement row, int first) => new(
        row.Integer(first),
        (int)row.Integer(first + 1),
        (int)row.Integer(first + 2),
        (StepKind)row.Integer(first + 3),
        row.Real(first + 4),
        row.Real(first + 5),
        row.Integer(first + 6) != 0,
        Instant.FromStored(row.Integer(first + 7)),
        Instant.FromStored(row.Integer(first + 8)),
        row.Real(first + 9),
        row.Real(first + 10),
        row.RealOrNull(first + 11),
        row.RealOrNull(first + 12),
        (int?)row.IntegerOrNull(first + 13));
}
