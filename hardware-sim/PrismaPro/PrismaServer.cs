using System.Net;
using CellLab.HardwareSim.Control;
using CellLab.Transport;
using CellLab.Transport.Listeners;
using CellLab.Transport.Text;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.PrismaPro;

/// <summary>The instrument's web server: HTTP/1.1, GET alone, any number of clients.</summary>
internal sealed class PrismaServer(
    string deviceId, PrismaHead head, IConnectionListener listener, FaultBoard faults, TimeProvider wall, ILogger logger)
{
    public Task RunAsync(CancellationToken cancellationToken) =>
        listener.ServeAllAsync(ServeAsync, reason => Log.ClientGone(logger, deviceId, reason), cancellationToken);

    private async Task ServeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        LineReader lines = HttpRequestHead.Lines(connection);
        bool more = true;
        while (more && await HttpRequestHead.ReadAsync(lines, cancellationToken) is { } request)
        {
            more = await AnswerAsync(connection, request, cancellationToken) && request.KeepAlive;
        }
    }

    /// <summary>False when the connection is to end.</summary>
    private async Task<bool> AnswerAsync(IConnection connection, HttpRequestHead request, CancellationToken cancellationToken)
    {
        Log.Request(logger, deviceId, request.Target);
        PrismaPath? path = request.Method == "GET" ? PrismaPath.Parse(request.Target) : null;
        string command = path?.Group ?? "";
        if (Find(FaultNames.Delay, command) is ActiveFault delay)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay.Number("ms", 1000)), wall, cancellationToken);
        }

        byte[] answer = Answer(path, request, command);
        if (Find(FaultNames.NeverAnswer, command) is not null)
        {
            return true;
        }

        if (Find(FaultNames.CutMidReply, command) is ActiveFault cut)
        {
            int count = (int)Math.Min(answer.Length, cut.Number("bytes", answer.Length / 2));
            await connection.Stream.WriteAsync(answer.AsMemory(0, count), cancellationToken);
            return false;
        }

        int piece = (int)(faults.Find(FaultNames.ByteSplit, deviceId)?.Number("bytes", 1) ?? answer.Length);
        for (int at = 0; at < answer.Length; at += piece)
        {
            await connection.Stream.WriteAsync(answer.AsMemory(at, Math.Min(piece, answer.Length - at)), cancellationToken);
        }

        return true;
    }

    private byte[] Answer(PrismaPath? path, HttpRequestHead request, string command)
    {
        if (path is null)
        {
            return HttpAnswer.Of(404, "", chunked: false, request.KeepAlive);
        }

        if (Find(FaultNames.ServerError, command) is not null)
        {
            return HttpAnswer.Of(500, "", chunked: false, request.KeepAlive);
        }

        // The instrument tells clients apart by their address.
        (string name, string data) = head.Answer(path, IPAddress.Loopback.ToString());
        string body = PrismaJson.Object(("name", PrismaJson.Text(name)), ("origin", PrismaJson.Text(path.Origin)), ("data", data));
        body = Find(FaultNames.Garbage, command) is null ? body : "{\"name\":\"got\",,\u0001";
        return HttpAnswer.Of(200, body, faults.IsOn(FaultNames.Chunked, deviceId), request.KeepAlive);
    }

    private ActiveFault? Find(string name, string command) =>
        faults.Find(name, deviceId) is ActiveFault fault && (fault.Text("command") ?? command) == command && fault.Use() ? fault : null;
}
