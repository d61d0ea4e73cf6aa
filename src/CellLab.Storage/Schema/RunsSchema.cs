namespace CellLab.Storage.Schema;

/// <summary>Table <c>runs</c> of a job's file: extremes of 64 records each, for plots of whole jobs. It is computed from the records and may be
/// thrown away.</summary>
internal static class RunsSchema
{
    /// <summary>Records in a run: few enough that one can be read at full resolution at once, enough that two million records are 31,250 runs.</summary>
    public const int RunRecords = 64;

    public const string Columns =
        "first_seq, last_seq, start_s, end_s, silence_s, voltage_first_v, voltage_low_v, voltage_high_v, voltage_last_v, current_first_a, "
        + "current_low_a, current_high_a, current_last_a, first_cycle, last_cycle";

    public const string Definition = """
        CREATE TABLE runs (
        stream TEXT NOT NULL,
        run INTEGER NOT NULL,
        first_seq INTEGER NOT NULL,
        last_seq INTEGER NOT NULL,
        start_s REAL NOT NULL,
        end_s REAL NOT NULL,
        silence_s REAL NOT NULL,
        voltage_first_v REAL NOT NULL,
        voltage_low_v REAL NOT NULL,
        voltage_high_v REAL NOT NULL,
        voltage_last_v REAL NOT NULL,
        current_first_a REAL NOT NULL,
        current_low_a REAL NOT NULL,
        current_high_a REAL NOT NULL,
        current_last_a REAL NOT NULL,
        first_cycle INTEGER NOT NULL,
        last_cycle INTEGER NOT NULL,
        PRIMARY KEY (stream, run)) WITHOUT ROWID;
        """;

    /// <summary>Computes the runs of all records that are there, for files of an earlier version.</summary>
    public const string ComputeAll = Head + "FROM records) WHERE 1" + Tail;

    /// <summary>Computes anew the runs that the rows of a stream (1) from a sequence number (2) to another (3) belong to. Twice changes nothing.</summary>
    public const string ComputeTouched =
        Head + "FROM records WHERE stream = ?1 AND seq BETWEEN (?2 - 1) / 64 * 64 AND ((?3 - 1) / 64 + 1) * 64) WHERE seq > (?2 - 1) / 64 * 64" + Tail;

    private const string Head =
        "INSERT OR REPLACE INTO runs (stream, run, " + Columns + ") "
        + "SELECT g.stream, g.run, g.first_seq, g.last_seq, a.test_time_s, z.test_time_s, g.silence, a.voltage_v, g.v_low, g.v_high, z.voltage_v, "
        + "a.current_a, g.i_low, g.i_high, z.current_a, a.cycle_count, z.cycle_count FROM ("
        + "SELECT stream, (seq - 1) / 64 AS run, min(seq) AS first_seq, max(seq) AS last_seq, ifnull(max(silence), 0) AS silence, "
        + "min(voltage_v) AS v_low, max(voltage_v) AS v_high, min(current_a) AS i_low, max(current_a) AS i_high FROM ("
        + "SELECT stream, seq, voltage_v, current_a, test_time_s - lag(test_time_s) OVER (PARTITION BY stream ORDER BY seq) AS silence ";

    private const string Tail =
        " GROUP BY stream, run) g "
        + "JOIN records a ON a.stream = g.stream AND a.seq = g.first_seq JOIN records z ON z.stream = g.stream AND z.seq = g.last_seq";
}
