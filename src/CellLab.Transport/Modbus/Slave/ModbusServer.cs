using CellLab.Transport.Listeners;

namespace CellLab.Transport.Modbus.Slave;

/// <summary>Serves every client of a listener with the same units.</summary>
/// <param name="clients">At most so many at a time; further ones are closed at once. Many instruments allow one.</param>
public sealed class ModbusServer(
    IConnectionListener listener,
    ModbusFraming framing,
    Func<byte, IModbusUnit?> units,
    TimeProvider wall,
    IModbusInterference? interference = null,
    int clients = int.MaxValue,
    ModbusCodec codec = ModbusCodec.CellLab)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var sessions = new HashSet<Task>();
        try
        {
            while (true)
            {
                IConnection connection = await listener.AcceptAsync(cancellationToken);
                sessions.RemoveWhere(task => task.IsCompleted);
                sessions.Add(sessions.Count < clients ? ServeAsync(connection, cancellationToken) : connection.DisposeAsync().AsTask());
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(sessions);
        }
    }

    private async Task ServeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using (connection)
        {
            try
            {
                await ModbusSlaves.Create(codec, connection, framing, units, wall, interference).RunAsync(cancellationToken);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // the client has gone, or the server is to end: the next client is served all the same
            }
        }
    }
}
