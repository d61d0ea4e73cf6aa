namespace CellLab.Storage.Reading;

/// <summary>Queries on <c>journal.db</c>, each with the columns its reader expects.</summary>
internal static class Queries
{
    public const string Jobs = "SELECT body FROM jobs ORDER BY number";
    public const string Job = "SELECT body FROM jobs WHERE id = ?";
    public const string Segments =
        "SELECT s.body, p.last_seq, p.resume_token, p.engine_token FROM segments s "
        + "JOIN progress p ON p.segment_id = s.id WHERE s.job = ? ORDER BY s.segment";

    public const string Intents = "SELECT body FROM intents WHERE job = ? ORDER BY segment";
    public const string Triggers = "SELECT body FROM triggers WHERE job = ? ORDER BY number";
    public const string TriggerMemory = "SELECT job, is_open, token FROM trigger_memory WHERE job = ?";
    public const string OpenTriggerMemories = "SELECT job, is_open, token FROM trigger_memory WHERE is_open = 1 ORDER BY job";
    public const string StepTimes = "SELECT * FROM step_time WHERE job = ? AND stream = ? ORDER BY segment, step_count";
    public const string Events = "SELECT * FROM events WHERE number > ? ORDER BY number LIMIT ?";
    public const string EventsOfJob = "SELECT * FROM events WHERE number > ? AND job = ? ORDER BY number LIMIT ?";
    public const string Alarms = "SELECT body FROM alarms WHERE is_over <= ? ORDER BY id";
    public const string Samples = "SELECT body FROM samples ORDER BY name, version";
    public const string SamplesByName = "SELECT body FROM samples WHERE name = ? ORDER BY version";
    public const string Audit = "SELECT * FROM audit WHERE number > ? ORDER BY number LIMIT ?";
    public const string Answer = "SELECT * FROM answers WHERE key = ?";
    public const string Cursor = "SELECT position FROM cursors WHERE name = ?";
}
