using System.Threading.Channels;

namespace CellLab.Messaging.Publishing;

/// <summary>Wakes one waiter; several sets before a wait count as one.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _channel.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await _channel.Reader.ReadAsync(cancellationToken);

    /// <returns>False when the time was over first.</returns>
    public async Task<bool> WaitAsync(TimeSpan limit, TimeProvider wall, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            await _channel.Reader.ReadAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
