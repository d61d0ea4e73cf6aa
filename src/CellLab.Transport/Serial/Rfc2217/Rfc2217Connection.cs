namespace CellLab.Transport.Serial.Rfc2217;

internal sealed class Rfc2217Connection(Uri address, Rfc2217Link link, Rfc2217Lines lines) : ISerialConnection
{
    private int _closed;

    public Uri Address { get; } = address;

    public Stream Stream { get; } = new Rfc2217Stream(link);

    public IModemLines Lines => lines;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            await Stream.DisposeAsync();
        }
    }
}
