using CellLab.Core.Devices;

namespace CellLab.Engine.Supervision;

/// <summary>One command that waits for its turn on a device.</summary>
internal abstract class LaneCommand
{
    public abstract Task RunAsync(IDevice device, CancellationToken deviceToken);

    public abstract void Fail(Exception reason);
}

/// <summary>A command with an answer. A caller who has gone away takes the command out; a fault goes to the caller and, when it is
/// the connection's, to the device's task as well.</summary>
internal sealed class LaneCommand<T>(Func<IDevice, CancellationToken, Task<T>> action, CancellationToken callerToken) : LaneCommand
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    public override async Task RunAsync(IDevice device, CancellationToken deviceToken)
    {
        if (callerToken.IsCancellationRequested)
        {
            _answer.TrySetCanceled(callerToken);
            return;
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(callerToken, deviceToken);
        try
        {
            _answer.TrySetResult(await action(device, both.Token));
        }
        catch (DeviceFaultException fault)
        {
            _answer.TrySetException(fault);
            if (fault.IsTransient)
            {
                throw;
            }
        }
        catch (OperationCanceledException cancelled)
        {
            _answer.TrySetCanceled(cancelled.CancellationToken);
        }
#pragma warning disable CA1031 // whatever went wrong belongs to the caller; the device's task has to live on
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            _answer.TrySetException(unexpected);
        }
    }

    public override void Fail(Exception reason) => _answer.TrySetException(reason);
}
