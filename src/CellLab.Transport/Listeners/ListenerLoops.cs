namespace CellLab.Transport.Listeners;

/// <summary>The loops of a server: accept, serve each client on its own, close its connection whatever happened, and wait for all of them at the end.</summary>
public static class ListenerLoops
{
    /// <summary>Serves every client until cancelled; returns when the last one has been closed. A client that goes ends its own session alone.</summary>
    /// <param name="serve">One session. What it throws beyond a lost line and a cancellation ends the loop.</param>
    /// <param name="gone">Told why a client went.</param>
    /// <param name="most">At most so many at a time; further ones are closed at once. Many instruments allow one.</param>
    public static async Task ServeAllAsync(
        this IConnectionListener listener,
        Func<IConnection, CancellationToken, Task> serve,
        Action<string> gone,
        CancellationToken cancellationToken,
        int most = int.MaxValue)
    {
        var sessions = new HashSet<Task>();
        try
        {
            while (true)
            {
                IConnection connection = await listener.AcceptAsync(cancellationToken);
                sessions.RemoveWhere(session => session.IsCompleted);
                sessions.Add(sessions.Count < most ? SessionAsync(connection, serve, gone, cancellationToken) : connection.DisposeAsync().AsTask());
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(sessions);
        }
    }

    /// <summary>Serves one client at a time until cancelled: a new one takes the place of the one before, as on a cable that was plugged over.</summary>
    /// <inheritdoc cref="ServeAllAsync"/>
    public static async Task ServeNewestAsync(
        this IConnectionListener listener, Func<IConnection, CancellationToken, Task> serve, Action<string> gone, CancellationToken cancellationToken)
    {
        IConnection? present = null;
        Task session = Task.CompletedTask;
        try
        {
            while (true)
            {
                IConnection next = await listener.AcceptAsync(cancellationToken);
                if (present is not null)
                {
                    await present.DisposeAsync();
                    await session;
                }

                present = next;
                session = SessionAsync(next, serve, gone, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            await session;
        }
    }

    private static async Task SessionAsync(
        IConnection connection, Func<IConnection, CancellationToken, Task> serve, Action<string> gone, CancellationToken cancellationToken)
    {
        await using (connection)
        {
            try
            {
                await serve(connection, cancellationToken);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                gone(e.Message);
            }
        }
    }
}
