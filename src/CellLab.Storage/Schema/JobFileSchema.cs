namespace CellLab.Storage.Schema;

/// <summary>Tables of <c>jobs/&lt;job&gt;.db</c>: one table of records that any SQL tool reads, a view with readable instants and step names, and what
/// plots of whole jobs are made from (<see cref="RunsSchema"/>).</summary>
internal static class JobFileSchema
{
    public static IReadOnlyList<Migration> Migrations { get; } = [new Migration(1, First), new Migration(2, Second), new Migration(3, RunsSchema.Definition + RunsSchema.ComputeAll)];

    /// <summary>Rows of instruments beside the cycler, and a view of each stream's numbers.</summary>
    private const string Second = $"""
        CREATE TABLE companions (
        stream TEXT NOT NULL,
        seq INTEGER NOT NULL,
        {CompanionLayout.Definitions},
        PRIMARY KEY (stream, seq)) WITHOUT ROWID;
        CREATE VIEW ion_currents AS
            SELECT seq, test_time_s, strftime('%Y-%m-%dT%H:%M:%f', taken_at_100ns / 1e7, 'unixepoch') || 'Z' AS taken_at_utc,
                body ->> 'phase' AS phase, body ->> 'pass' AS pass, body ->> 'mz' AS mz, body ->> 'ion_current_a' AS ion_current_a,
                body ->> 'detector' AS detector
            FROM companions WHERE stream = 'ms' ORDER BY seq;
        CREATE VIEW impedance AS
            SELECT seq, test_time_s, strftime('%Y-%m-%dT%H:%M:%f', taken_at_100ns / 1e7, 'unixepoch') || 'Z' AS taken_at_utc,
                body ->> 'spectrum' AS spectrum, body ->> 'label' AS label, body ->> 'point' AS point, body ->> 'frequency_hz' AS frequency_hz,
                body ->> 're_ohm' AS re_ohm, body ->> 'im_ohm' AS im_ohm, body ->> 'ocv_v' AS ocv_v
            FROM companions WHERE stream = 'eis' ORDER BY seq;
        """;

    private const string First = $"""
        CREATE TABLE records (
        stream TEXT NOT NULL,
        seq INTEGER NOT NULL,
        {RecordColumns.Definitions},
        PRIMARY KEY (stream, seq)) WITHOUT ROWID;
        CREATE TABLE step_kinds (step_kind INTEGER PRIMARY KEY, name TEXT NOT NULL);
        INSERT INTO step_kinds VALUES (0, 'unknown'), (1, 'rest'), (2, 'constant current charge'), (3, 'constant current discharge'),
            (4, 'constant voltage'), (5, 'constant current constant voltage'), (6, 'voltage scan'), (7, 'constant power'),
            (8, 'constant resistance'), (9, 'pulse'), (10, 'impedance'), (11, 'pause'), (12, 'end');
        CREATE VIEW readable AS
            SELECT r.stream, r.seq, r.test_time_s, r.cycle_count, r.block, r.pass, r.step_count, k.name AS step, r.step_time_s,
                strftime('%Y-%m-%dT%H:%M:%f', r.taken_at_100ns / 1e7, 'unixepoch') || 'Z' AS taken_at_utc,
                r.voltage_v, r.current_a, r.step_capacity_ah, r.step_energy_wh, r.instrument_cycle
            FROM records r LEFT JOIN step_kinds k ON k.step_kind = r.step_kind ORDER BY r.stream, r.seq;
        """;
}
