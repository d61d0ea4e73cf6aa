namespace CellLab.Transport.Modbus;

/// <summary>The unit understood the request and refused it, or a unit of ours refuses one.</summary>
public sealed class ModbusRefusedException(ModbusExceptionCode code, string? what = null)
    : Exception($"{(what is null ? "" : what + ": ")}refused, exception {(int)code} ({Meaning(code)})")
{
    public ModbusExceptionCode Code { get; } = code;

    private static string Meaning(ModbusExceptionCode code) => code switch
    {
        ModbusExceptionCode.IllegalFunction => "the device does not have this function",
        ModbusExceptionCode.IllegalAddress => "the device does not have this address",
        ModbusExceptionCode.IllegalValue => "value or count not allowed",
        ModbusExceptionCode.DeviceFailure => "failure in the device",
        ModbusExceptionCode.Acknowledge => "accepted, not yet done",
        ModbusExceptionCode.Busy => "device busy, or not in a state to obey",
        ModbusExceptionCode.MemoryParity => "memory error in the device",
        ModbusExceptionCode.GatewayPathUnavailable => "the gateway has no way to this unit",
        ModbusExceptionCode.GatewayTargetSilent => "no answer from the unit behind the gateway",
        _ => "unknown code",
    };
}
