using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;

namespace CellLab.Tests.HardwareSim.Bench;

/// <summary>A bare client of the BTS wire for tests: text in, XML out.</summary>
internal sealed class BtsClient : IAsyncDisposable
{
    private readonly TcpClient _tcp = new();
    private readonly List<byte> _received = [];

    public static async Task<BtsClient> ConnectAsync(int port)
    {
        var client = new BtsClient();
        await client._tcp.ConnectAsync("127.0.0.1", port);
        return client;
    }

    public static string Address(int unit, int channel) => $"ip=\"127.0.0.1\" devtype=\"27\" devid=\"21\" subdevid=\"{unit}\" chlid=\"{channel}\"";

    public static string Document(string body) => $"<?xml version=\"1.0\" encoding=\"UTF-8\" ?><bts version=\"1.0\">{body}</bts>\n\n#\r\n";

    public async Task<XElement> AskAsync(string body)
    {
        await SendAsync(Document(body));
        string reply = await ReadReplyAsync() ?? throw new IOException("the server closed the connection");
        return XDocument.Parse(reply.TrimEnd('#', '\r', '\n')).Root!;
    }

    /// <summary>One command on one channel with its element; returns the element's text.</summary>
    public async Task<string> DoAsync(string command, int unit, int channel, string text = "true", string more = "")
    {
        XElement reply = await AskAsync($"<cmd>{command}</cmd><list count=\"1\"><{command} {Address(unit, channel)} {more}>{text}</{command}></list>");
        return reply.Element("list")!.Elements().Single().Value;
    }

    public async Task<string> StateAsync(int unit, int channel)
    {
        XElement reply = await AskAsync($"<cmd>getchlstatus</cmd><list count=\"1\"><status {Address(unit, channel)}>true</status></list>");
        return reply.Element("list")!.Element("status")!.Value;
    }

    public async Task<IReadOnlyList<XElement>> DownloadAsync(int unit, int channel, int first, int count, int testId = 0) =>
        [.. (await AskAsync($"<cmd>download</cmd><download {Address(unit, channel)} auxid=\"0\" testid=\"{testId}\" startpos=\"{first}\" count=\"{count}\"/>"))
            .Element("list")!.Elements("data")];

    public Task SendAsync(string text) => _tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    /// <summary>Up to the terminator; null when the server has closed the connection before it.</summary>
    public async Task<string?> ReadReplyAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        byte[] buffer = new byte[8192];
        while (true)
        {
            string text = Encoding.UTF8.GetString([.. _received]);
            int end = text.IndexOf("\n\n#\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                _received.RemoveRange(0, Encoding.UTF8.GetByteCount(text[..(end + 5)]));
                return text[..(end + 5)];
            }

            int read = await _tcp.GetStream().ReadAsync(buffer, patience.Token);
            if (read == 0)
            {
                return null;
            }

            _received.AddRange(buffer.AsSpan(0, read));
        }
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }
}
