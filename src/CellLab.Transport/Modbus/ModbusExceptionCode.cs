namespace CellLab.Transport.Modbus;

/// <summary>Why a unit refuses a request (specification V1.1b3, chapter 7).</summary>
public enum ModbusExceptionCode : byte
{
    IllegalFunction = 1,
    IllegalAddress = 2,
    IllegalValue = 3,
    DeviceFailure = 4,
    Acknowledge = 5,
    Busy = 6,
    MemoryParity = 8,
    GatewayPathUnavailable = 10,
    GatewayTargetSilent = 11,
}
