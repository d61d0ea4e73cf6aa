using CellLab.Transport;
using CellLab.Transport.Listeners;

namespace CellLab.HardwareSim.Neware;

/// <summary>The TCP interface of one BTS system: any number of clients, each on its own.</summary>
internal sealed class BtsServer(BtsSystem system, IConnectionListener listener, TimeProvider wall)
{
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
            try
            {
                await new BtsSession(system, connection, wall).RunAsync(cancellationToken);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                Log.ClientGone(system.Logger, system.Settings.DeviceId, e.Message);
            }
        }
    }
}
