using System.Text;
using CellLab.Transport;

namespace CellLab.Drivers.XrdTrigger.Aeris;

/// <summary>One request, one connection.</summary>
internal sealed class AerisLink(Uri address, IConnector connector, TimeSpan replyTimeout, TimeProvider wall)
{
    /// <exception cref="TransportException">No connection, no answer in time, or bytes that are none.</exception>
    public async Task<AerisAnswer> AskAsync(string request, CancellationToken cancellationToken)
    {
        await using IConnection connection = await connector.OpenAsync(address, cancellationToken);
        using var timeout = new CancellationTokenSource(replyTimeout, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await connection.Stream.WriteAsync(Encoding.ASCII.GetBytes(request), either.Token);
            return await ReceiveAsync(connection, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(TransportFault.TimedOut, address, $"no answer to {request} within {replyTimeout.TotalSeconds:0.###} s");
        }
        catch (AerisFormatException error)
        {
            throw new TransportException(TransportFault.Garbled, address, error.Message, error);
        }
    }

    private async Task<AerisAnswer> ReceiveAsync(IConnection connection, CancellationToken cancellationToken)
    {
        byte[] received = new byte[AerisCodec.Longest + 4];
        int filled = 0;
        while (true)
        {
            int count = await connection.Stream.ReadAsync(received.AsMemory(filled), cancellationToken);
            filled += count;
            if (AerisCodec.Whole(received.AsSpan(0, filled)) is int length)
            {
                return AerisCodec.Decode(received.AsSpan(0, length));
            }

            if (count == 0)
            {
                throw new TransportException(TransportFault.Lost, address, $"the connection ended after {filled} bytes of an answer");
            }
        }
    }
}
