namespace CellLab.Transport.Recording;

/// <summary>Plays a recording back: each opening takes the next recorded connection. What is sent must equal what was sent then; what was
/// received then comes as soon as everything sent before it has been sent again. Times are not replayed.</summary>
public sealed class ReplayConnector(IReadOnlyList<WireEntry> entries) : IConnector
{
    private int _next;

    public static ReplayConnector FromFile(string path) => new(WireRecording.Read(path));

    public Task<IConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        while (_next < entries.Count && entries[_next].Event != WireEvent.Opened)
        {
            _next++;
        }

        if (_next == entries.Count)
        {
            throw new TransportException(TransportFault.Refused, address, "the recording holds no further connection");
        }

        WireEntry[] conversation = [.. entries.Skip(++_next).TakeWhile(e => e.Event is WireEvent.Sent or WireEvent.Received)];
        return Task.FromResult<IConnection>(new StreamConnection(address, new ReplayStream(address, conversation)));
    }
}
