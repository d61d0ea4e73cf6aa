using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.MethodScript.Session;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.MethodScript.Running;

/// <summary>Sees to it that the cell is off: after a stop, after every fault of a running script, and when it falls silent.</summary>
internal sealed class CellGuard(DeviceId device, MethodScriptOptions options, MethodScriptSession session, Turns turns, Clocks clocks, ILogger logger)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_betweenInsisting = TimeSpan.FromSeconds(5);

    /// <summary>Ahead of everything else: abort what runs, run a script that switches the cell off, confirmed; on a new connection when the present
    /// one does not answer.</summary>
    /// <exception cref="DeviceFaultException">Not confirmed; the message says what is known.</exception>
    public Task CellOffAsync(CancellationToken cancellationToken) => turns.UrgentAsync(async token =>
    {
        long began = clocks.Wall.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                if (!session.IsOpen)
                {
                    await session.OpenAsync(token);
                }

                await session.SynchroniseAsync(token);
                await session.CellOffAsync(token);
                Log.CellOff(logger, device);
                return true;
            }
            catch (DeviceFaultException fault)
            {
                Log.CellOffFailed(logger, device, attempt, fault.Message);
                await session.CloseAsync();
                if (clocks.Wall.GetElapsedTime(began) > options.ConfirmTimeout)
                {
                    throw new DeviceFaultException(
                        FaultKind.Unreachable, device, $"the cell is NOT confirmed as off after {attempt} tries ({fault.Message}): cell state unknown, look at the instrument now", fault);
                }

                await Task.Delay(s_look, clocks.Wall, token);
            }
        }
    }, cancellationToken);

    /// <summary>Watches a run to its end and settles what becomes of the cell. Ends without an exception.</summary>
    public async Task WatchAsync(ChannelRun run, CancellationToken cancellationToken)
    {
        try
        {
            await EndOrSilenceAsync(run, cancellationToken);
            await SettleAsync(run, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // the driver is closed; the instrument goes on
        }
    }

    private async Task EndOrSilenceAsync(ChannelRun run, CancellationToken cancellationToken)
    {
        TimeSpan limit = (run.LongestQuiet / clocks.Lab.Speed) + options.SilenceMargin;
        while (!run.Ended.IsCompleted)
        {
            await Task.WhenAny(run.Ended, Task.Delay(s_look, clocks.Wall, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (!run.Ended.IsCompleted && run.Silence > limit)
            {
                run.Lose($"nothing was heard of the running script for {limit.TotalSeconds:0} s");
            }
        }
    }

    private async Task SettleAsync(ChannelRun run, CancellationToken cancellationToken)
    {
        if (run.Ending is ScriptEnding.Normal or ScriptEnding.Aborted)
        {
            run.Settle(cellIsOff: true, null); // on_finished has switched it off
            return;
        }

        Log.RunBroken(logger, device, run.Reason ?? run.Ending.ToString());
        try
        {
            await CellOffAsync(cancellationToken);
            run.Settle(cellIsOff: true, run.Ending == ScriptEnding.Lost ? "what the instrument sent meanwhile is lost; the cell was switched off, confirmed" : "the cell was switched off, confirmed");
        }
        catch (DeviceFaultException fault)
        {
            Log.CellUnknown(logger, device, fault.Message);
            run.Settle(cellIsOff: false, fault.Message);
            await InsistAsync(run, cancellationToken);
        }
    }

    /// <summary>Goes on trying until it is confirmed, here or by somebody who connects.</summary>
    private async Task InsistAsync(ChannelRun run, CancellationToken cancellationToken)
    {
        while (!run.CellIsOff)
        {
            await Task.Delay(s_betweenInsisting, clocks.Wall, cancellationToken);
            try
            {
                await CellOffAsync(cancellationToken);
                run.Settle(cellIsOff: true, "the cell was switched off later, confirmed");
            }
            catch (DeviceFaultException)
            {
                // told already; the log has every try
            }
        }
    }
}
