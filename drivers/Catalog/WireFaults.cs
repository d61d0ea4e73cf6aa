using CellLab.Core.Devices;
using CellLab.Transport;
using CellLab.Transport.Modbus;

namespace CellLab.Drivers.Catalog;

/// <summary>What goes wrong on a wire, as the faults of the contract: nothing above a driver sees a transport's exception.</summary>
public static class WireFaults
{
    /// <exception cref="DeviceFaultException">Instead of <see cref="TransportException"/>, <see cref="ModbusRefusedException"/> and
    /// <see cref="CalledOffException"/>.</exception>
    public static async Task<T> TranslateAsync<T>(DeviceId device, Func<CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await action(cancellationToken);
        }
        catch (TransportException e)
        {
            throw new DeviceFaultException(e.Fault == TransportFault.Garbled ? FaultKind.Protocol : FaultKind.Unreachable, device, e.Message, e);
        }
        catch (ModbusRefusedException e)
        {
            throw new DeviceFaultException(FaultKind.Rejected, device, e.Message, e);
        }
        catch (CalledOffException e)
        {
            throw new DeviceFaultException(FaultKind.Unreachable, device, e.Message, e);
        }
    }
}
