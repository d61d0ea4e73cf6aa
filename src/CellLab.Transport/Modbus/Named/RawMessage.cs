using NModbus;

namespace CellLab.Transport.Modbus.Named;

/// <summary>A message whose data NModbus carries and does not read, so that any value passes: raw function 05 values too.</summary>
internal class RawMessage : IModbusMessage
{
    public RawMessage()
    {
    }

    public RawMessage(byte unit, ReadOnlySpan<byte> pdu)
    {
        SlaveAddress = unit;
        ProtocolDataUnit = pdu.ToArray();
    }

    public byte SlaveAddress { get; set; }

    public byte[] ProtocolDataUnit { get; private set; } = [0];

    public byte FunctionCode
    {
        get => ProtocolDataUnit[0];
        set => ProtocolDataUnit[0] = value;
    }

    public byte[] MessageFrame => [SlaveAddress, .. ProtocolDataUnit];

    public ushort TransactionId { get; set; }

    /// <param name="frame">Unit, function, data.</param>
    public virtual void Initialize(byte[] frame)
    {
        if (frame.Length < 2)
        {
            throw new FormatException($"a message of {frame.Length} bytes");
        }

        SlaveAddress = frame[0];
        ProtocolDataUnit = frame[1..];
    }
}

/// <summary>NModbus hands over RTU frames with their checksum.</summary>
internal sealed class RawRtuMessage : RawMessage
{
    public override void Initialize(byte[] frame) => base.Initialize(frame[..^ModbusCrc.Length]);
}
