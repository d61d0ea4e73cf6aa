namespace CellLab.Transport;

/// <summary>An open byte stream to one instrument. The stream's reads and writes throw <see cref="TransportException"/> and
/// <see cref="OperationCanceledException"/> only; a read of 0 bytes is the other side's end of stream.</summary>
public interface IConnection : IAsyncDisposable
{
    Uri Address { get; }

    Stream Stream { get; }
}
