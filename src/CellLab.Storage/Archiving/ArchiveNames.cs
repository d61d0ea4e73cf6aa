using CellLab.Core.Jobs;

namespace CellLab.Storage.Archiving;

/// <summary>Names within an archive.</summary>
internal static class ArchiveNames
{
    /// <summary>The job's rows, byte for byte the file <c>jobs/&lt;job&gt;.db</c>.</summary>
    public const string Records = "records.db";

    /// <summary>What the journal held of the job: one JSON array a row.</summary>
    public const string Journal = "journal.jsonl";

    public const string Crate = "ro-crate-metadata.json";

    /// <summary>SHA-256 and name of every other file, as <c>sha256sum -c</c> reads it.</summary>
    public const string Manifest = "manifest-sha256.txt";

    public static string Finished(string root, JobId job) => Path.Combine(root, job.Value);

    /// <summary>Where an archive is made; whatever is found there was cut off and is thrown away.</summary>
    public static string Unfinished(string root, JobId job) => Path.Combine(root, $".{job.Value}.part");

    /// <summary>An earlier archive of the job, while the new one takes its name.</summary>
    public static string Replaced(string root, JobId job) => Path.Combine(root, $".{job.Value}.old");
}
