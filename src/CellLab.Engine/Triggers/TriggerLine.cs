using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Engine.Control;

namespace CellLab.Engine.Triggers;

/// <summary>The diffractometer of one pipeline; everything runs on its device's own task, so that nothing of the cycler waits for it.</summary>
internal sealed class TriggerLine(DeviceId device, ITriggerOutput output, IPatternFolder? folder, IDeviceLanes lanes, Clocks clocks)
{
    private static readonly TimeSpan s_shortestPoll = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(50);

    public DeviceId Device => device;

    public TriggerTraits Traits => output.Traits;

    public string? PatternFolder => folder?.PatternFolder;

    public double? DisplacementOffsetDegrees => folder?.DisplacementOffsetDegrees;

    /// <summary>Wall time between two readings: lab time may stand still until the exposure is seen.</summary>
    public TimeSpan PollPause
    {
        get
        {
            TimeSpan wall = Traits.PollInterval / Math.Max(1, clocks.Lab.Speed);
            return wall < s_shortestPoll ? s_shortestPoll : wall;
        }
    }

    public Task<TriggerArming> ArmAsync(TriggerRun run) => OnLaneAsync(token => output.ArmAsync(run, token));

    /// <exception cref="DeviceFaultException">Certainly no pulse was made.</exception>
    public Task<TriggerReceipt> FireAsync(TriggerRequest request) => OnLaneAsync(token => output.FireAsync(request, token));

    public Task<TriggerReading> ReadAsync() => OnLaneAsync(output.ReadAsync);

    public Task ReleaseAsync() => OnLaneAsync(async token =>
    {
        await output.ReleaseAsync(token);
        return true;
    });

    /// <summary>Waits for the connection, at most so long (wall).</summary>
    /// <returns>What the instrument shows; null when it does not answer in time.</returns>
    public async Task<TriggerReading?> FirstReadingAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        long began = clocks.Wall.GetTimestamp();
        while (true)
        {
            try
            {
                return await ReadAsync();
            }
            catch (DeviceFaultException) when (clocks.Wall.GetElapsedTime(began) < atMost)
            {
                await Task.Delay(s_lookAgain, clocks.Wall, cancellationToken);
            }
            catch (DeviceFaultException)
            {
                return null;
            }
        }
    }

    private async Task<T> OnLaneAsync<T>(Func<CancellationToken, Task<T>> action)
    {
        T? answer = default;
        await lanes.RunAsync(device, async (_, token) => answer = await action(token));
        return answer!;
    }
}
