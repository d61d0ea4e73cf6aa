using CellLab.Transport.Listeners;

namespace CellLab.HardwareSim.Neware;

/// <summary>The TCP interface of one BTS system: any number of clients, each on its own.</summary>
internal sealed class BtsServer(BtsSystem system, IConnectionListener listener, TimeProvider wall)
{
    public Task RunAsync(CancellationToken cancellationToken) => listener.ServeAllAsync(
        (connection, token) => new BtsSession(system, connection, wall).RunAsync(token),
        reason => Log.ClientGone(system.Logger, system.Settings.DeviceId, reason),
        cancellationToken);
}
