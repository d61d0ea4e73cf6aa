using CellLab.Core.Devices;
using CellLab.Drivers.ModbusCycler.Outputs;
using CellLab.Transport;
using CellLab.Transport.Modbus;

namespace CellLab.Drivers.ModbusCycler;

/// <summary>What goes wrong on the wire and in the device, as the faults of the contract.</summary>
internal static class Faults
{
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
        catch (MapMismatchException e)
        {
            throw new DeviceFaultException(e.Refused ? FaultKind.Rejected : FaultKind.Protocol, device, e.Message, e);
        }
        catch (WrongModelException e)
        {
            throw new DeviceFaultException(FaultKind.Configuration, device, e.Message, e);
        }
        catch (CalledOffException e)
        {
            throw new DeviceFaultException(FaultKind.Unreachable, device, e.Message, e);
        }
    }
}
