using CellLab.Transport;
using CellLab.Transport.Listeners;

namespace CellLab.HardwareSim.SrsRga;

/// <summary>Serves one client at a time; with an Ethernet adapter a second one is turned away, as the adapter does.</summary>
internal sealed class RgaServer(RgaInstrument instrument, IConnectionListener listener)
{
    private int _taken;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var sessions = new HashSet<Task>();
        try
        {
            while (true)
            {
                IConnection connection = await listener.AcceptAsync(cancellationToken);
                sessions.RemoveWhere(task => task.IsCompleted);
                sessions.Add(ServeAsync(connection, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(sessions);
        }
    }

    private async Task ServeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using (connection)
        {
            if (Interlocked.Exchange(ref _taken, 1) == 1)
            {
                return;
            }

            try
            {
                await instrument.ServeAsync(connection, cancellationToken);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                Log.ClientGone(instrument.Logger, instrument.Id, e.Message);
            }
            finally
            {
                Volatile.Write(ref _taken, 0);
            }
        }
    }
}
