using CellLab.Core.Devices;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.ModbusCycler.Outputs;

namespace CellLab.Drivers.ModbusCycler;

/// <summary>What goes wrong on the wire and in the device, as the faults of the contract.</summary>
internal static class Faults
{
    public static async Task<T> TranslateAsync<T>(DeviceId device, Func<CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await WireFaults.TranslateAsync(device, action, cancellationToken);
        }
        catch (MapMismatchException e)
        {
            throw new DeviceFaultException(e.Refused ? FaultKind.Rejected : FaultKind.Protocol, device, e.Message, e);
        }
        catch (WrongModelException e)
        {
            throw new DeviceFaultException(FaultKind.Configuration, device, e.Message, e);
        }
    }
}
