using System.Text;
using System.Threading.Channels;
using CellLab.HardwareSim.Control;
using CellLab.Transport;

namespace CellLab.HardwareSim.MethodScript;

/// <summary>One client's connection. Delays, cuts and silences of the faults are wall time.</summary>
internal sealed class PotentiostatSession(Potentiostat potentiostat, IConnection connection, string device, FaultBoard faults, TimeProvider wall)
{
    private const int LongestLine = 4096;
    private const int LinesKept = 50_000;

    /// <summary>A serial line that nobody reads loses what is old.</summary>
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(
        new BoundedChannelOptions(LinesKept) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });


    /// <summary>Returns when the client has gone or a fault cut the connection.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Action<string> output = line => _lines.Writer.TryWrite(line);
        potentiostat.Output = output;
        Task writing = WriteAsync(stop.Token);
        Task reading = ReadAsync(stop.Token);
        try
        {
            await await Task.WhenAny(reading, writing);
        }
        finally
        {
            if (potentiostat.Output == output)
            {
                potentiostat.Output = null;
            }

            await stop.CancelAsync();
            await Task.WhenAll(reading, writing).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[1024];
        var line = new StringBuilder();
        int count;
        while ((count = await connection.Stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            foreach (byte sign in buffer.AsSpan(0, count))
            {
                Take(line, (char)sign);
            }
        }
    }

    private void Take(StringBuilder line, char sign)
    {
        if (sign == '\n')
        {
            potentiostat.Receive(line.ToString());
            line.Clear();
        }
        else if (sign is not ('\r' or '\u0011' or '\u0013') && line.Length < LongestLine)
        {
            line.Append(sign);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (faults.IsOn(FaultNames.FlowSignAtStart, device))
        {
            await connection.Stream.WriteAsync(new byte[] { 0x11 }, cancellationToken);
        }

        await foreach (string line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            if (!await SendAsync(line, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>False when the connection is to be cut.</summary>
    private async Task<bool> SendAsync(string line, CancellationToken cancellationToken)
    {
        if (Find(FaultNames.Delay, line) is { } delay)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay.Number("ms", 1000)), wall, cancellationToken);
        }

        if (Find(FaultNames.NeverAnswer, line) is not null)
        {
            return true;
        }

        byte[] bytes = Encoding.Latin1.GetBytes(Damaged(line) + "\n");
        if (Find(FaultNames.CutMidReply, line) is { } cut)
        {
            int kept = (int)Math.Min(bytes.Length, cut.Number("bytes", bytes.Length / 2));
            await connection.Stream.WriteAsync(bytes.AsMemory(0, kept), cancellationToken);
            return false;
        }

        int piece = (int)(faults.Find(FaultNames.ByteSplit, device)?.Number("bytes", 1) ?? bytes.Length);
        for (int at = 0; at < bytes.Length; at += piece)
        {
            await connection.Stream.WriteAsync(bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)), cancellationToken);
        }

        return true;
    }

    private string Damaged(string line)
    {
        if (Find(FaultNames.Garbage, line) is not null)
        {
            return "P\u0001;;\u00ff,garbage";
        }

        return line.StartsWith('P') && Find(FaultNames.CorruptCharacter, line) is not null ? line[..5] + "\u00e9" + line[6..] : line;
    }

    /// <summary>A fault that covers this line, by its first sign, and is not used up. One that may happen so often only is meant for replies, unless
    /// it names the lines it is for.</summary>
    private ActiveFault? Find(string name, string line)
    {
        ActiveFault? fault = faults.Find(name, device);
        string? command = fault?.Text("command");
        bool covers = command is null ? IsReply(line) || fault?.Text("times") is null || name != FaultNames.NeverAnswer : line.StartsWith(command, StringComparison.Ordinal);
        return fault is not null && covers && fault.Use() ? fault : null;
    }

    private static bool IsReply(string line) => line.Length > 0 && char.IsAsciiLetter(line[0]) && line[0] is not ('P' or 'M' or 'C' or 'L' or 'T');
}
