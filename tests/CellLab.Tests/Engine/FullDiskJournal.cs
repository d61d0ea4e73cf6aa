using System.Reflection;
using CellLab.Core.Storage;

namespace CellLab.Tests.Engine;

/// <summary>A journal whose disk can be full: every commit is refused while <see cref="IsFull"/> is set; all else goes to the real one.</summary>
public class FullDiskJournal : DispatchProxy
{
    private IJournal _real = null!;

    public bool IsFull { get; set; }

    /// <summary>A commit for which this gives a task is made when that task has ended.</summary>
    public Func<JournalWrite, Task?>? Hold { get; set; }

    public int Refused { get; private set; }

    public static (IJournal Journal, FullDiskJournal Disk) Over(IJournal real)
    {
        IJournal journal = Create<IJournal, FullDiskJournal>();
        var disk = (FullDiskJournal)(object)journal;
        disk._real = real;
        return (journal, disk);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IJournal.CommitAsync) && Hold?.Invoke((JournalWrite)args![0]!) is { } released)
        {
            return HeldAsync(released, args!);
        }

        if (IsFull && targetMethod.Name == nameof(IJournal.CommitAsync))
        {
            Refused++;
            return Task.FromException(new StorageException("the disk is full"));
        }

        return targetMethod.Invoke(_real, args);
    }

    private async Task HeldAsync(Task released, object?[] args)
    {
        await released;
        await _real.CommitAsync((JournalWrite)args[0]!, (CancellationToken)args[1]!);
    }
}
