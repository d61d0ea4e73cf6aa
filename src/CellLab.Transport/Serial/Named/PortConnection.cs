using System.IO.Ports;
using CellLab.Transport.Native;

namespace CellLab.Transport.Serial.Named;

internal sealed class PortConnection(Uri address, SerialPort port, DescriptorHandle? claim, bool hasLines) : ISerialConnection
{
    public Uri Address { get; } = address;

    public Stream Stream { get; } = new GuardedStream(address, new PortStream(port, claim));

    public IModemLines Lines { get; } = new PortLines(address, port, hasLines);

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
