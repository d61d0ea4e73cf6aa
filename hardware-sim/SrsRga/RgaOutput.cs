using CellLab.HardwareSim.Control;
using CellLab.Transport;

namespace CellLab.HardwareSim.SrsRga;

/// <summary>The way out of the head, with the faults of the wire on it.</summary>
internal sealed class RgaOutput(IConnection connection, FaultBoard faults, string deviceId, TimeProvider wall)
{
    private static readonly byte[] s_garbage = [0x15, 0xFF, (byte)'?', 0x80, 0x0A, 0x0D];

    public async Task SendAsync(ReadOnlyMemory<byte> reply, string command, bool isText, CancellationToken cancellationToken)
    {
        if (Find(FaultNames.Delay, command) is ActiveFault delay)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay.Number("ms", 1000)), wall, cancellationToken);
        }

        if (Find(FaultNames.NeverAnswer, command) is not null)
        {
            return;
        }

        reply = Spoil(reply, command, isText);
        if (Find(FaultNames.CutMidReply, command) is ActiveFault cut)
        {
            int count = (int)Math.Min(reply.Length, cut.Number("bytes", reply.Length / 2));
            await connection.Stream.WriteAsync(reply[..count], cancellationToken);
            throw new IOException("fault cut-mid-reply");
        }

        int piece = (int)(faults.Find(FaultNames.ByteSplit, deviceId)?.Number("bytes", 1) ?? reply.Length);
        for (int at = 0; at < reply.Length; at += piece)
        {
            await connection.Stream.WriteAsync(reply.Slice(at, Math.Min(piece, reply.Length - at)), cancellationToken);
        }
    }

    private ReadOnlyMemory<byte> Spoil(ReadOnlyMemory<byte> reply, string command, bool isText)
    {
        if (Find(FaultNames.Garbage, command) is not null)
        {
            return s_garbage;
        }

        if (isText && Find(FaultNames.LineFeedOnly, command) is not null)
        {
            return reply[..^1];
        }

        if (!isText && Find(FaultNames.HalfWord, command) is not null)
        {
            return reply[..^2];
        }

        return Find(FaultNames.SurplusBytes, command) is ActiveFault surplus
            ? (byte[])[.. reply.Span, .. Enumerable.Repeat((byte)0x55, (int)surplus.Number("bytes", 1))]
            : reply;
    }

    private ActiveFault? Find(string name, string command) =>
        faults.Find(name, deviceId) is ActiveFault fault && (fault.Text("command") ?? command) == command && fault.Use() ? fault : null;
}
