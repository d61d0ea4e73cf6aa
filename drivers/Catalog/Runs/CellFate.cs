namespace CellLab.Drivers.Catalog.Runs;

/// <summary>What has become of the cell after a run.</summary>
internal sealed class CellFate
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>After the end: the cell is known to be off, or it is known that this is not known.</summary>
    public bool IsSettled => _settled.Task.IsCompleted;

    public Task WhenSettled => _settled.Task;

    /// <summary>False when the cell could not be confirmed as off.</summary>
    public bool IsOff { get; private set; } = true;

    public void Settle(bool isOff)
    {
        IsOff = isOff;
        _settled.TrySetResult();
    }
}
