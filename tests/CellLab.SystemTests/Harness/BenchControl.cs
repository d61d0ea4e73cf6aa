using System.Net.Sockets;
using System.Text.Json;

namespace CellLab.SystemTests.Harness;

/// <summary>The control socket of a bench, one line of JSON each way: what <c>sim fault</c> talks to, without a process for every switch.</summary>
internal sealed class BenchControl(string stateFolder)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>Every fault that the device has: its name, and whether it is one of a channel.</summary>
    public async Task<IReadOnlyList<(string Name, bool OnChannel)>> FaultsOfAsync(string device)
    {
        JsonElement answer = await AskAsync(new { op = "list" });
        return
        [
            .. answer.GetProperty("faults").EnumerateArray()
                .Where(fault => fault.GetProperty("devices").EnumerateArray().Any(has => has.GetString() == device))
                .Select(fault => fault.GetProperty("kind"))
                .Select(kind => (kind.GetProperty("name").GetString()!, kind.GetProperty("on_channel").GetBoolean())),
        ];
    }

    public Task SetAsync(string name, string device, string? channel, IReadOnlyDictionary<string, string> parameters) =>
        AskAsync(new { op = "set", name, device, channel, parameters });

    public Task ClearAsync(string name, string device) => AskAsync(new { op = "clear", name, device });

    private async Task<JsonElement> AskAsync(object request)
    {
        using var limit = new CancellationTokenSource(s_limit, TimeProvider.System);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(stateFolder, "control")), limit.Token);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(request), (byte)'\n'], limit.Token);
        using var reader = new StreamReader(stream);
        JsonElement answer = JsonDocument.Parse(await reader.ReadLineAsync(limit.Token) ?? "{}").RootElement;
        Assert.True(answer.GetProperty("error").ValueKind == JsonValueKind.Null, $"{JsonSerializer.Serialize(request)}: {answer}");
        return answer;
    }
}
