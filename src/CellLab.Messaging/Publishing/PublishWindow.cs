namespace CellLab.Messaging.Publishing;

/// <summary>Consecutive rows for which the cursor moves at once: when everything that holds one of them is acknowledged. Used by the sending
/// loop alone until it is complete.</summary>
internal sealed class PublishWindow(long opened, TimeSpan length)
{
    private readonly List<Task> _acknowledgements = [];
    private readonly TaskCompletionSource _handedOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _holds;
    private bool _closed;

    public int Rows { get; set; }

    /// <summary>Journal position of its last row.</summary>
    public long LastPosition { get; private set; }

    public TimeSpan TimeLeft(TimeProvider wall)
    {
        TimeSpan left = length - wall.GetElapsedTime(opened);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public void Add(Task acknowledgement) => _acknowledgements.Add(acknowledgement);

    /// <summary>A batch that waits for its message holds rows of this window.</summary>
    public void Hold() => _holds++;

    public void Release(Task acknowledgement)
    {
        _acknowledgements.Add(acknowledgement);
        _holds--;
        CompleteWhenEmpty();
    }

    public void Close(long lastPosition)
    {
        LastPosition = lastPosition;
        _closed = true;
        CompleteWhenEmpty();
    }

    /// <summary>Everything sent so far is acknowledged.</summary>
    public Task SentSoFar() => Task.WhenAll(_acknowledgements.ToArray());

    /// <exception cref="MessageException">A message was refused.</exception>
    public async Task AcknowledgedAsync(CancellationToken cancellationToken)
    {
        await _handedOver.Task.WaitAsync(cancellationToken);
        await Task.WhenAll(_acknowledgements);
    }

    private void CompleteWhenEmpty()
    {
        if (_closed && _holds == 0)
        {
            _handedOver.TrySetResult();
        }
    }
}
