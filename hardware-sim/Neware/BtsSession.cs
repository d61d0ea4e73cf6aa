using System.Text;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Neware.Commands;
using CellLab.HardwareSim.Neware.Wire;
using CellLab.Transport;

namespace CellLab.HardwareSim.Neware;

/// <summary>One client's connection: strict question and answer. Delays, cuts and silences of the faults are wall time.</summary>
internal sealed class BtsSession(BtsSystem system, IConnection connection, TimeProvider wall)
{
    private bool _loggedIn;

    /// <summary>Returns when the client has gone, a document was not XML, or a fault cut the connection.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var reader = new BtsFrameReader(connection.Stream);
        while (await reader.ReadAsync(cancellationToken) is ReadOnlyMemory<byte> frame)
        {
            BtsRequest? request = BtsRequest.TryParse(frame.Span);
            if (request is null && !system.IsOn(FaultNames.TolerateBrokenXml))
            {
                Log.BrokenRequest(system.Logger, system.Settings.DeviceId, Encoding.UTF8.GetString(frame.Span[..Math.Min(200, frame.Length)]));
                return;
            }

            if (!await AnswerAsync(request, cancellationToken))
            {
                return;
            }
        }
    }

    private async Task<bool> AnswerAsync(BtsRequest? request, CancellationToken cancellationToken)
    {
        string command = request?.Command ?? "";
        Log.Request(system.Logger, system.Settings.DeviceId, command);
        ReadOnlyMemory<byte> reply = Reply(request);
        if (Find(FaultNames.Delay, command) is ActiveFault delay)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay.Number("ms", 1000)), wall, cancellationToken);
        }

        if (Find(FaultNames.NeverAnswer, command) is not null)
        {
            return true;
        }

        if (Find(FaultNames.Garbage, command) is not null)
        {
            reply = "\u0000\u0001<bts><<>&garbage \u00ff</bts>\n\n#\r\n"u8.ToArray();
        }

        if (Find(FaultNames.CutMidReply, command) is ActiveFault cut)
        {
            await connection.Stream.WriteAsync(reply[..(int)Math.Min(reply.Length, cut.Number("bytes", reply.Length / 2))], cancellationToken);
            return false;
        }

        await SendAsync(reply, cancellationToken);
        return true;
    }

    private ReadOnlyMemory<byte> Reply(BtsRequest? request)
    {
        if (request is null)
        {
            return new BtsReply("_resp").Result("false").Close();
        }

        if (Find(FaultNames.WrongReply, request.Command) is not null)
        {
            return new BtsReply("light_resp").OpenList(0).CloseList().Close();
        }

        var exchange = new BtsExchange(system, request);
        if (request.Command == "connect")
        {
            _loggedIn = ConnectCommands.IsAccount(exchange);
        }
        else if (system.Settings.ConnectRequired && !_loggedIn)
        {
            return exchange.Reply().Result("false").Close();
        }

        return CommandTable.Answer(exchange).Close();
    }

    /// <summary>A fault that covers this system and command and is not used up.</summary>
    private ActiveFault? Find(string name, string command) =>
        system.Fault(name) is ActiveFault fault && (fault.Text("command") ?? command) == command && fault.Use() ? fault : null;

    private async Task SendAsync(ReadOnlyMemory<byte> reply, CancellationToken cancellationToken)
    {
        int piece = (int)(system.Fault(FaultNames.ByteSplit)?.Number("bytes", 1) ?? reply.Length);
        for (int at = 0; at < reply.Length; at += piece)
        {
            await connection.Stream.WriteAsync(reply.Slice(at, Math.Min(piece, reply.Length - at)), cancellationToken);
        }
    }
}
