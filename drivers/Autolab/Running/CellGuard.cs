using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Autolab.Session;
using CellLab.Drivers.Catalog;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Autolab.Running;

/// <summary>Sees to it that the cell is off: after a stop, and after every run that did not end with the cell read back as off.</summary>
internal sealed class CellGuard(DeviceId device, AutolabOptions options, AutolabSession session, Overtaking turns, Clocks clocks, ILogger logger)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_betweenInsisting = TimeSpan.FromSeconds(5);

    /// <summary>Ahead of everything else: end what runs, cell off, read back; on a new connection when the present one does not answer.</summary>
    /// <exception cref="DeviceFaultException">Not confirmed; the message says what is known.</exception>
    public Task CellOffAsync(CancellationToken cancellationToken) => turns.OvertakeAsync(async token =>
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

                await session.AbortAsync(token);
                Log.CellOff(logger, device);
                return;
            }
            catch (DeviceFaultException fault)
            {
                Log.CellOffFailed(logger, device, attempt, fault.Message);
                await session.CloseAsync(); // the bridge switches the cell off when its client has gone
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
            await run.Ended.WaitAsync(cancellationToken);
            await SettleAsync(run, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // the driver is closed; the bridge switches the cell off
        }
    }

    private async Task SettleAsync(ChannelRun run, CancellationToken cancellationToken)
    {
        if (run.EndedCellOff)
        {
            run.Settle(cellIsOff: true, null);
            return;
        }

        Log.RunBroken(logger, device, run.Reason ?? run.Ending.ToString());
        try
        {
            await CellOffAsync(cancellationToken);
            run.Settle(cellIsOff: true, run.Ending == RunEnding.Lost ? "what was measured meanwhile is lost; the cell was switched off, confirmed" : "the cell was switched off, confirmed");
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
