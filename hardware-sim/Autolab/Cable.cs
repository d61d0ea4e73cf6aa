using System.Text;
using CellLab.HardwareSim.Control;
using CellLab.Transport;
using CellLab.Transport.Text;

namespace CellLab.HardwareSim.Autolab;

/// <summary>The way between a client and the bridge, with the faults of a wire on what the bridge says. Delays and cuts are wall time.</summary>
internal sealed class Cable(string device, IConnection client, IConnection bridge, FaultBoard faults, TimeProvider wall)
{
    private const int LongestLine = 65536;

    /// <summary>Returns when either end has gone, or a fault cut it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task there = client.Stream.CopyToAsync(bridge.Stream, stop.Token);
        Task back = CarryBackAsync(stop.Token);
        try
        {
            await await Task.WhenAny(there, back);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(there, back).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task CarryBackAsync(CancellationToken cancellationToken)
    {
        var lines = new LineReader(bridge, "\n"u8.ToArray(), LongestLine);
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            if (!await SendAsync(Encoding.UTF8.GetString(line.Span), cancellationToken))
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

        byte[] bytes = Encoding.UTF8.GetBytes((Find(FaultNames.Garbage, line) is null ? line : "{\u0001\"id\":garbage") + "\n");
        if (Find(FaultNames.CutMidReply, line) is { } cut)
        {
            int kept = (int)Math.Min(bytes.Length, cut.Number("bytes", bytes.Length / 2));
            await client.Stream.WriteAsync(bytes.AsMemory(0, kept), cancellationToken);
            return false;
        }

        int piece = (int)(faults.Find(FaultNames.ByteSplit, device)?.Number("bytes", 1) ?? bytes.Length);
        for (int at = 0; at < bytes.Length; at += piece)
        {
            await client.Stream.WriteAsync(bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)), cancellationToken);
        }

        return true;
    }

    /// <summary>A fault that covers this line and is not used up: of the event that it names, or any. Delays, and silence that ends by itself, are meant
    /// for answers; the client's keep-alive has the id 0 and uses nothing up.</summary>
    private ActiveFault? Find(string name, string line)
    {
        ActiveFault? fault = faults.Find(name, device);
        bool covers = fault?.Text("command") switch
        {
            { } command => line.Contains($"\"ev\":\"{command}\"", StringComparison.Ordinal),
            null when IsAnswer(line) => true,
            null => name != FaultNames.Delay && (name != FaultNames.NeverAnswer || fault?.Text("times") is null),
        };
        return fault is not null && covers && fault.Use() ? fault : null;
    }

    private static bool IsAnswer(string line) =>
        line.StartsWith("{\"id\":", StringComparison.Ordinal) && !line.StartsWith("{\"id\":0,", StringComparison.Ordinal);
}
