using System.Threading.Channels;

namespace CellLab.HardwareSim.Time;

/// <summary>Waits for lab times on the wall clock.</summary>
internal sealed class LabPace(BenchClock clock, TimeProvider wall)
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    public double SecondsNow => clock.SecondsNow;

    /// <summary>Returns when this lab second has come.</summary>
    public async Task ReachAsync(double seconds, CancellationToken cancellationToken)
    {
        while (WallUntil(seconds) is { } wait)
        {
            await Task.Delay(wait, wall, cancellationToken);
        }
    }

    /// <summary>The same, but returns false at once when something comes in meanwhile or waits already.</summary>
    public async Task<bool> ReachAsync(double seconds, ChannelReader<byte> input, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (input.TryPeek(out _) || input.Completion.IsCompleted)
            {
                return false;
            }

            if (WallUntil(seconds) is not { } wait)
            {
                return true;
            }

            await WaitForInputAsync(wait, input, cancellationToken);
        }
    }

    private async Task WaitForInputAsync(TimeSpan wait, ChannelReader<byte> input, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(wait, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await input.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // the time has come
        }
    }

    private TimeSpan? WallUntil(double seconds)
    {
        double left = (seconds - clock.SecondsNow) / clock.Line.Speed;
        return left <= 0 ? null : TimeSpan.FromSeconds(Math.Clamp(left, s_shortest.TotalSeconds, s_longest.TotalSeconds));
    }
}
