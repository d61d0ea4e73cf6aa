using CellLab.Messaging.Payloads;

namespace CellLab.Messaging.Publishing;

/// <summary>Hands messages to the client in order, waiting for the connection when there is none.</summary>
internal sealed class Outbox(IMessageClient client, ConnectionWatch connection, TimeProvider wall)
{
    private static readonly TimeSpan AgainDelay = TimeSpan.FromMilliseconds(20);

    /// <returns>When the client has taken the message: the task of its acknowledgement, after which the buffer has gone back.</returns>
    /// <exception cref="MessageException">Refused; nothing was sent.</exception>
    public async Task<Task> HandOverAsync(string topic, PooledBuffer payload, CancellationToken cancellationToken)
    {
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
            Task acknowledged = client.PublishAsync(topic, payload.Written, qos: 1, retain: false, cancellationToken);
            if (acknowledged.Exception?.GetBaseException() is not MessageException { Refused: false })
            {
                return GiveBackAfterAsync(acknowledged, payload);
            }

            await Task.Delay(AgainDelay, wall, cancellationToken); // the connection went between the two lines above
        }
    }

    private static async Task GiveBackAfterAsync(Task acknowledged, PooledBuffer payload)
    {
        try
        {
            await acknowledged;
        }
        finally
        {
            payload.Dispose();
        }
    }
}
