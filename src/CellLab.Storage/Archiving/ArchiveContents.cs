namespace CellLab.Storage.Archiving;

/// <summary>What there is of a job when it is archived.</summary>
/// <param name="Rows">Number of rows of each stream by the table of the job's file that holds them; streams without rows are absent.</param>
/// <param name="Journal">Its rows of the journal (<see cref="JournalDump"/>).</param>
internal sealed record ArchiveContents(IReadOnlyDictionary<(string Table, string Stream), long> Rows, string Journal);
