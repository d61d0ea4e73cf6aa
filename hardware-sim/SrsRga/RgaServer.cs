using CellLab.Transport.Listeners;

namespace CellLab.HardwareSim.SrsRga;

/// <summary>Serves one client at a time; with an Ethernet adapter a second one is turned away, as the adapter does.</summary>
internal sealed class RgaServer(RgaInstrument instrument, IConnectionListener listener)
{
    public Task RunAsync(CancellationToken cancellationToken) => listener.ServeAllAsync(
        instrument.ServeAsync, reason => Log.ClientGone(instrument.Logger, instrument.Id, reason), cancellationToken, most: 1);
}
