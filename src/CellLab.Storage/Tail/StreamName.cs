using CellLab.Core.Jobs;

namespace CellLab.Storage.Tail;

/// <summary>One numbered sequence of records.</summary>
internal readonly record struct StreamName(JobId Job, string Stream)
{
    public override string ToString() => $"job {Job}, stream {Stream}";
}
