using CellLab.Core.Jobs;

namespace CellLab.Core.Storage;

/// <summary>The rows of a job lie in an archive and not in the store; the message says where and how they come back.</summary>
public sealed class JobArchivedException(JobId job, string folder)
    : StorageException($"job {job} is archived: its records lie in {folder}. 'celllab job restore {job}' brings them back.");
