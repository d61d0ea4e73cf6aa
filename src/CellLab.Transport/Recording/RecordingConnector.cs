namespace CellLab.Transport.Recording;

/// <summary>Opens through another connector and writes everything that passes into a file. Log-in data passes too: treat the file as a secret.</summary>
public sealed class RecordingConnector : IConnector, IDisposable
{
    private readonly IConnector _inner;
    private readonly TimeProvider _wall;
    private readonly StreamWriter _file;
    private readonly Lock _lock = new();

    public RecordingConnector(IConnector inner, string path, TimeProvider wall)
    {
        _inner = inner;
        _wall = wall;
        _file = new StreamWriter(path, append: true);
        _file.WriteLine(WireEntry.Header);
    }

    public async Task<IConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        IConnection connection = await _inner.OpenAsync(address, cancellationToken);
        Write(WireEvent.Opened, default, address.ToString());
        return new StreamConnection(address, new RecordingStream(connection, this));
    }

    public void Dispose() => _file.Dispose();

    internal void Write(WireEvent what, ReadOnlyMemory<byte> bytes, string address = "")
    {
        var entry = new WireEntry(_wall.GetUtcNow(), what, bytes, address);
        lock (_lock)
        {
            _file.WriteLine(entry.ToLine());
            _file.Flush(); // a recording of a crash must hold what came before it
        }
    }
}
