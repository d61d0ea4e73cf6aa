namespace CellLab.Storage.Schema;

/// <summary>Tables of <c>journal.db</c>. Documents are JSON in <c>body</c>; what is searched stands beside it in columns.</summary>
internal static class JournalSchema
{
    public static IReadOnlyList<Migration> Migrations { get; } = [new Migration(1, First), new Migration(2, Second), new Migration(3, Third), new Migration(4, Triggers), new Migration(5, Archives)];

    /// <summary>Jobs whose rows lie in an archive.</summary>
    private const string Archives =
        "CREATE TABLE archives (job TEXT PRIMARY KEY, folder TEXT NOT NULL, wall_100ns INTEGER NOT NULL, who TEXT NOT NULL, is_cleared INTEGER NOT NULL) WITHOUT ROWID";

    /// <summary>Triggers to a diffractometer, and what their rules remember.</summary>
    private const string Triggers = """
        CREATE TABLE triggers (job TEXT NOT NULL, number INTEGER NOT NULL, fate TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (job, number)) WITHOUT ROWID;
        CREATE TABLE trigger_memory (job TEXT PRIMARY KEY, is_open INTEGER NOT NULL, token TEXT NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>Rows of instruments beside the cycler, with streams and positions of their own.</summary>
    private const string Third = $"""
        CREATE TABLE companion_streams (
            id INTEGER PRIMARY KEY, job TEXT NOT NULL, stream TEXT NOT NULL, moved_seq INTEGER NOT NULL DEFAULT 0, UNIQUE (job, stream));
        CREATE TABLE companions (position INTEGER PRIMARY KEY, stream_id INTEGER NOT NULL, seq INTEGER NOT NULL,
        {CompanionLayout.Definitions});
        """;

    /// <summary>Jobs that wait for a time or behind another job, and segments with a program of their own: members of the documents that an older
    /// program would pass over and then start too early or follow wrongly. It must refuse the file instead.</summary>
    private const string Second = "UPDATE meta SET value = value WHERE name = 'schema_version'";

    private const string First = $"""
        CREATE TABLE jobs (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, sample TEXT NOT NULL, body TEXT NOT NULL);
        CREATE TABLE segments (id INTEGER PRIMARY KEY, job TEXT NOT NULL, segment INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (job, segment));
        CREATE TABLE progress (segment_id INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, resume_token TEXT, engine_token TEXT);
        CREATE TABLE intents (job TEXT NOT NULL, segment INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (job, segment)) WITHOUT ROWID;
        CREATE TABLE step_time (
            job TEXT NOT NULL, stream TEXT NOT NULL, segment INTEGER NOT NULL, step_count INTEGER NOT NULL, step_id INTEGER NOT NULL,
            start_s REAL NOT NULL, duration_s REAL NOT NULL, first_record INTEGER NOT NULL, last_record INTEGER NOT NULL,
            PRIMARY KEY (job, stream, segment, step_count)) WITHOUT ROWID;
        CREATE TABLE events (
            number INTEGER PRIMARY KEY, at_100ns INTEGER NOT NULL, wall_100ns INTEGER NOT NULL, job TEXT, device TEXT,
            kind TEXT NOT NULL, text TEXT NOT NULL, data TEXT);
        CREATE INDEX events_by_job ON events (job, number) WHERE job IS NOT NULL;
        CREATE TABLE alarms (id TEXT PRIMARY KEY, is_over INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE samples (name TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (name, version)) WITHOUT ROWID;
        CREATE TABLE audit (
            number INTEGER PRIMARY KEY, wall_100ns INTEGER NOT NULL, who TEXT NOT NULL, command TEXT NOT NULL, target TEXT NOT NULL,
            reason TEXT, result TEXT NOT NULL);
        CREATE TABLE answers (key TEXT PRIMARY KEY, status_code INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE cursors (name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE streams (
            id INTEGER PRIMARY KEY, job TEXT NOT NULL, stream TEXT NOT NULL, moved_seq INTEGER NOT NULL DEFAULT 0, UNIQUE (job, stream));
        CREATE TABLE tail (position INTEGER PRIMARY KEY, stream_id INTEGER NOT NULL, seq INTEGER NOT NULL,
        {RecordColumns.Definitions});
        """;
}
