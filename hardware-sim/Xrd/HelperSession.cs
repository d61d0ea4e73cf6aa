using System.Collections.Concurrent;
using System.Globalization;
using CellLab.HardwareSim.Time;
using CellLab.Transport;
using CellLab.Transport.Text;

namespace CellLab.HardwareSim.Xrd;

/// <summary>What the helper on the diffractometer's computer knows over all connections.</summary>
internal sealed class HelperMemory
{
    public ConcurrentDictionary<string, string> Started { get; } = new(StringComparer.Ordinal);

    public volatile string? Last;

    public volatile bool Armed;
}

/// <summary>One client of the helper protocol.</summary>
internal sealed class HelperSession(HelperMemory memory, Diffractometer diffractometer, BenchClock clock, TimeProvider wall, IConnection connection, TextAnswers answers)
{
    private static readonly TimeSpan s_pingInterval = TimeSpan.FromSeconds(5);

    private const int LongestLine = 4097;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task pings = PingAsync(end.Token);
        diffractometer.Written += Tell;
        try
        {
            var lines = new LineReader(connection, "\n"u8.ToArray(), LongestLine);
            while (await lines.ReadAsync(cancellationToken) is ReadOnlyMemory<byte> line)
            {
                (string Word, Dictionary<string, string> Fields)? asked = HelperLines.Read(line.Span);
                string answer = asked is { } command ? Answer(command.Word, command.Fields) : "ERR seq=0 code=SYNTAX text=\"not a line of the protocol\"";
                if (!await answers.SendAsync(asked?.Word ?? "", answer + "\n", cancellationToken))
                {
                    return;
                }
            }
        }
        finally
        {
            diffractometer.Written -= Tell;
            await end.CancelAsync();
            await pings;
        }

        void Tell(PatternWritten pattern) => _ = TellAsync(
            $"EVENT state=done id={pattern.Name} t_start={pattern.From:O} t_end={pattern.To:O} file={HelperLines.Quote(pattern.Path)}\n", cancellationToken);
    }

    private string Answer(string word, Dictionary<string, string> fields)
    {
        string sequence = fields.GetValueOrDefault("seq", "0");
        string ok = $"OK seq={sequence}";
        switch (word)
        {
            case "HELLO":
                return $"{ok} proto=1 instrument=\"simulated diffractometer\" clock={clock.UtcNow:O}";
            case "ARM":
                return Arm(ok, sequence);
            case "TRIG":
                return Trigger(ok, sequence, fields.GetValueOrDefault("id", ""));
            case "STATUS":
                return $"{ok} state={State()}{(memory.Last is string last ? $" last={last}" : "")}";
            case "DISARM":
                memory.Armed = false;
                return ok;
            case "ABORT":
                diffractometer.Abort();
                return ok;
            default:
                return $"ERR seq={sequence} code=SYNTAX text=\"unknown command {word}\"";
        }
    }

    private string Arm(string ok, string sequence)
    {
        if (!diffractometer.Show().Ready)
        {
            return $"ERR seq={sequence} code=BUSY text=\"a measurement runs\"";
        }

        memory.Armed = true;
        return string.Create(CultureInfo.InvariantCulture, $"{ok} state=armed exposure_s={diffractometer.ExposureSeconds}");
    }

    private string Trigger(string ok, string sequence, string id)
    {
        if (memory.Started.TryGetValue(id, out string? before))
        {
            return $"{ok} {before}";
        }

        if (id.Length == 0 || !memory.Armed)
        {
            return $"ERR seq={sequence} {(id.Length == 0 ? "code=BADID text=\"no id\"" : "code=NOTARMED text=\"not armed\"")}";
        }

        if (!diffractometer.Trigger(id))
        {
            return $"ERR seq={sequence} code=BUSY text=\"the diffractometer does not wait for a trigger\"";
        }

        memory.Last = id;
        diffractometer.Show();
        return $"{ok} {(memory.Started[id] = $"state=exposing t_start={clock.UtcNow:O}")}";
    }

    private string State() => diffractometer.Show() switch
    {
        { Busy: true } => "exposing",
        { Readout: true } or { Exposing: not null } => "readout",
        _ => memory.Armed ? "armed" : "disarmed",
    };

    private async Task PingAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(s_pingInterval, wall);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await TellAsync($"PING t={clock.UtcNow:O}\n", cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // the client has gone
        }
    }

    private async Task TellAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            await answers.TellAsync(line, cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // the client has gone; the reading side notices
        }
    }
}
