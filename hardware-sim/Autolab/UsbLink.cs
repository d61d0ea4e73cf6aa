using System.Text;
using CellLab.Transport;
using CellLab.Transport.Listeners;
using CellLab.Transport.Text;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.Autolab;

/// <summary>Where the stand-in for the vendor's library reaches the simulated instrument. A new connection takes the place of the one before.</summary>
internal sealed class UsbLink(string device, Pgstat pgstat, IConnectionListener listener, ILogger logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
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
                session = ServeAsync(next, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            await session;
        }
    }

    private async Task ServeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using (connection)
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            try
            {
                var lines = new LineReader(connection, "\n"u8.ToArray());
                Task<ReadOnlyMemory<byte>?> next = lines.ReadAsync(gone.Token).AsTask();
                while (await next is { } line)
                {
                    string request = Encoding.ASCII.GetString(line.Span);
                    next = lines.ReadAsync(gone.Token).AsTask(); // ends an answer that never comes when the bridge goes
                    Task<string> answer = pgstat.AnswerAsync(request, gone.Token);
                    if (await Task.WhenAny(answer, next) == next && !answer.IsCompleted)
                    {
                        break;
                    }

                    await connection.Stream.WriteAsync(Encoding.ASCII.GetBytes(await answer + "\n"), cancellationToken);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                Log.ClientGone(logger, device, e.Message);
            }

            await gone.CancelAsync();
            pgstat.LinkGone();
        }
    }
}
