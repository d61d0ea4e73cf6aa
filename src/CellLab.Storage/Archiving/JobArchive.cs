using CellLab.Core.Jobs;

namespace CellLab.Storage.Archiving;

/// <summary>Where the rows of an archived job lie. <paramref name="AtUtc"/> is wall time.</summary>
/// <param name="Folder">The job's own folder in the archive.</param>
public sealed record JobArchive(JobId Job, string Folder, DateTimeOffset AtUtc, string Who)
{
    /// <summary>Whether everything that was to leave the journal has left it; otherwise that is made up for at the next start.</summary>
    internal bool IsCleared { get; init; }
}
