using System.Threading.Channels;
using CellLab.Drivers.XrdTrigger.Helper;
using CellLab.Transport;
using CellLab.Transport.Listeners;
using CellLab.Transport.Text;

namespace CellLab.Drivers.XrdTrigger.Host;

/// <param name="Exposure">What one exposure takes, told to the service.</param>
public sealed record HelperHostOptions(string Instrument, TimeSpan Exposure);

/// <summary>The helper on the diffractometer's computer: serves the line protocol (docs/reference/xrd-helper.md) and runs a command for each
/// exposure. Exposures go on when clients leave.</summary>
public sealed class HelperHost(
    IConnectionListener listener, HelperHostOptions options, Func<ExposureOrder, CancellationToken, Task<ExposureResult>> expose, TimeProvider wall)
{
    private static readonly TimeSpan s_pingInterval = TimeSpan.FromSeconds(5);

    private readonly HelperDesk _desk = new(options, expose, wall);

    /// <summary>Serves until cancelled; an exposure that runs then is aborted.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await listener.ServeAllAsync(ServeAsync, _ => { }, cancellationToken); // exposures go on without a client that has gone
        _desk.Answer(new HelperMessage("ABORT", new Dictionary<string, string>()));
        await _desk.Exposure;
    }

    private async Task ServeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var lines = Channel.CreateUnbounded<byte[]>();
        void Tell(string word, (string, string)[] fields) => lines.Writer.TryWrite(HelperCodec.Encode(word, fields));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _desk.Told += Tell;
        Task writing = WriteAsync(connection, lines.Reader, end.Token);
        Task pinging = PingAsync(Tell, end.Token);
        await ReadAsync(connection, lines.Writer, end.Token);
        _desk.Told -= Tell;
        lines.Writer.TryComplete();
        await end.CancelAsync();
        await Task.WhenAll(writing, pinging);
    }

    private async Task ReadAsync(IConnection connection, ChannelWriter<byte[]> answers, CancellationToken cancellationToken)
    {
        try
        {
            var reader = new LineReader(connection, "\n"u8.ToArray(), HelperCodec.LongestLine + 1);
            while (await reader.ReadAsync(cancellationToken) is ReadOnlyMemory<byte> line)
            {
                answers.TryWrite(Answer(line.Span));
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // the client has gone, or the helper is to end: exposures go on without it
        }
    }

    private byte[] Answer(ReadOnlySpan<byte> line)
    {
        try
        {
            HelperMessage asked = HelperCodec.Decode(line);
            (string word, (string, string)[] fields) = _desk.Answer(asked);
            return HelperCodec.Encode(word, [("seq", asked["seq"] ?? "0"), .. fields]);
        }
        catch (HelperFormatException error)
        {
            return HelperCodec.Encode("ERR", ("seq", "0"), ("code", "SYNTAX"), ("text", new string([.. error.Message.Where(c => !char.IsControl(c)).Take(200)])));
        }
    }

    private static async Task WriteAsync(IConnection connection, ChannelReader<byte[]> lines, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (byte[] line in lines.ReadAllAsync(cancellationToken))
            {
                await connection.Stream.WriteAsync(line, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // the client has gone
        }
    }

    private async Task PingAsync(Action<string, (string, string)[]> tell, CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(s_pingInterval, wall);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                tell("PING", [("t", _desk.Now())]);
            }
        }
        catch (OperationCanceledException)
        {
            // the client has gone
        }
    }
}
