using CellLab.Transport.Native;

namespace CellLab.Transport.Serial;

internal sealed class SerialConnection(Uri address, DescriptorHandle descriptor) : ISerialConnection
{
    public Uri Address { get; } = address;

    public Stream Stream { get; } = new GuardedStream(address, new DescriptorStream(descriptor));

    public IModemLines Lines => OwnLines;

    public ModemLines OwnLines { get; } = new(address, descriptor);

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
