using CellLab.Core.Devices;
using CellLab.Core.Time;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Catalog.Runs;

/// <summary>Sees to it that the cell is off: after a stop, and after every run that did not end with the cell known to be off.</summary>
/// <param name="patience">Wall time after which a cell that is not confirmed as off is told as such; it is tried on.</param>
internal sealed class CellGuard(DeviceId device, ICellSwitch cell, Overtaking turns, TimeSpan patience, Clocks clocks, ILogger logger)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_betweenInsisting = TimeSpan.FromSeconds(5);

    /// <summary>Ahead of everything else: end what runs, cell off, confirmed; on a new connection when the present one does not answer.</summary>
    /// <exception cref="DeviceFaultException">Not confirmed; the message says what is known.</exception>
    public Task CellOffAsync(CancellationToken cancellationToken) => turns.OvertakeAsync(async token =>
    {
        long began = clocks.Wall.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                if (!cell.IsOpen)
                {
                    await cell.ConnectAsync(token);
                }

                await cell.SwitchOffAsync(token);
                Log.CellOff(logger, device);
                return;
            }
            catch (DeviceFaultException fault)
            {
                Log.CellOffFailed(logger, device, attempt, fault.Message);
                await cell.CloseAsync();
                if (clocks.Wall.GetElapsedTime(began) > patience)
                {
                    throw new DeviceFaultException(
                        FaultKind.Unreachable, device, $"the cell is NOT confirmed as off after {attempt} tries ({fault.Message}): cell state unknown, look at the instrument now", fault);
                }

                await Task.Delay(s_look, clocks.Wall, token);
            }
        }
    }, cancellationToken);

    /// <summary>Watches a run to its end and settles what becomes of the cell. Ends without an exception.</summary>
    /// <param name="ended">Done when the run is over; it may be over before it says so itself.</param>
    public async Task WatchAsync(ICellRun run, Task ended, CancellationToken cancellationToken)
    {
        try
        {
            await ended.WaitAsync(cancellationToken);
            await SettleAsync(run, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // the driver is closed; its README says what the instrument does then
        }
    }

    private async Task SettleAsync(ICellRun run, CancellationToken cancellationToken)
    {
        if (run.EndedCellOff)
        {
            run.Settle(cellIsOff: true, null);
            return;
        }

        Log.RunBroken(logger, device, run.EndedBy);
        try
        {
            await CellOffAsync(cancellationToken);
            run.Settle(cellIsOff: true, run.IsLost ? "what was measured meanwhile is lost; the cell was switched off, confirmed" : "the cell was switched off, confirmed");
        }
        catch (DeviceFaultException fault)
        {
            Log.CellUnknown(logger, device, fault.Message);
            run.Settle(cellIsOff: false, fault.Message);
            await InsistAsync(run, cancellationToken);
        }
    }

    /// <summary>Goes on trying until it is confirmed, here or by somebody who connects.</summary>
    private async Task InsistAsync(ICellRun run, CancellationToken cancellationToken)
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
