namespace CellLab.Storage.Archiving;

/// <summary>A table of the journal that has rows of jobs.</summary>
/// <param name="Key">Columns of its key, by which its rows are ordered in the archive.</param>
/// <param name="Leaves">Its rows leave the journal with the job; the others stay there for listings and stand in the archive for the reader.</param>
internal sealed record JournalTable(string Name, string JobColumn, string Key, bool Leaves)
{
    public static IReadOnlyList<JournalTable> All { get; } =
    [
        new("jobs", "id", "id", Leaves: false),
        new("segments", "job", "job, segment", Leaves: false),
        new("intents", "job", "job, segment", Leaves: false),
        new("step_time", "job", "job, stream, segment, step_count", Leaves: true),
        new("events", "job", "number", Leaves: true),
        new("triggers", "job", "job, number", Leaves: true),
        new("trigger_memory", "job", "job", Leaves: true),
    ];

    public string Select => $"SELECT * FROM {Name} WHERE {JobColumn} = ? ORDER BY {Key}";

    public string DeleteSome => $"DELETE FROM {Name} WHERE ({Key}) IN (SELECT {Key} FROM {Name} WHERE {JobColumn} = ?1 LIMIT ?2)";

    public string HasAny => $"SELECT 1 FROM {Name} WHERE {JobColumn} = ? LIMIT 1";
}
