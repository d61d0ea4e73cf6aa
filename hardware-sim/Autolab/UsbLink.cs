using System.Text;
using CellLab.Transport;
using CellLab.Transport.Listeners;
using CellLab.Transport.Text;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.Autolab;

/// <summary>Where the stand-in for the vendor's library reaches the simulated instrument. A new connection takes the place of the one before.</summary>
internal sealed class UsbLink(string device, Pgstat pgstat, IConnectionListener listener, ILogger logger)
{
    public Task RunAsync(CancellationToken cancellationToken) =>
        listener.ServeNewestAsync(ServeAsync, reason => Log.ClientGone(logger, device, reason), cancellationToken);

    private async Task ServeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await AnswerAsync(connection, gone.Token);
        }
        finally
        {
            await gone.CancelAsync();
            pgstat.LinkGone();
        }
    }

    private async Task AnswerAsync(IConnection connection, CancellationToken gone)
    {
        var lines = new LineReader(connection, "\n"u8.ToArray());
        Task<ReadOnlyMemory<byte>?> next = lines.ReadAsync(gone).AsTask();
        while (await next is { } line)
        {
            string request = Encoding.ASCII.GetString(line.Span);
            next = lines.ReadAsync(gone).AsTask(); // ends an answer that never comes when the bridge goes
            Task<string> answer = pgstat.AnswerAsync(request, gone);
            if (await Task.WhenAny(answer, next) == next && !answer.IsCompleted)
            {
                break;
            }

            await connection.Stream.WriteAsync(Encoding.ASCII.GetBytes(await answer + "\n"), gone);
        }
    }
}
