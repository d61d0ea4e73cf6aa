using NModbus;
using NModbus.IO;

namespace CellLab.Transport.Modbus.Named;

/// <summary>Throws away replies to earlier requests. NModbus itself does so only for those that are no exception replies.</summary>
internal sealed class OwnReplyTransport(IStreamResource wire, IModbusFactory factory) : ModbusIpTransport(wire, factory, factory.Logger)
{
    private ushort _asked;

    public override void Write(IModbusMessage message)
    {
        base.Write(message);
        _asked = message.TransactionId;
    }

    public override IModbusMessage ReadResponse<T>()
    {
        byte[] frame;
        do
        {
            frame = ReadRequestResponse(StreamResource, Logger);
        }
        while (TcpFrame.Transaction(frame) != _asked);

        return CreateMessageAndInitializeTransactionId<T>(frame);
    }
}
