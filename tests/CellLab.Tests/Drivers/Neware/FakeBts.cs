using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CellLab.TestKit.Wires;

namespace CellLab.Tests.Drivers.Neware;

/// <summary>A BTS client that answers from what the test has written into its channels. Has nothing of the driver's own code.</summary>
internal sealed class FakeBts : IAsyncDisposable
{
    private readonly List<string> _commands = [];

    public FakeBts() => Connector = new MemoryConnector(ServeAsync);

    public MemoryConnector Connector { get; }

    public SortedDictionary<int, FakeChannel> Channels { get; } = new() { [1] = new FakeChannel(), [2] = new FakeChannel() };

    /// <summary>Commands that get no answer at all, as long as they stand here.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>Changes a reply on its way out.</summary>
    public Func<string, string, string> Twist { get; set; } = (_, reply) => reply;

    /// <summary>Bytes per write.</summary>
    public int PieceSize { get; set; } = 4096;

    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (_commands)
            {
                return [.. _commands];
            }
        }
    }

    public async ValueTask DisposeAsync() => await Connector.DisposeAsync();

    private async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
            string all = text.ToString();
            int end = all.IndexOf("#\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                text.Clear();
                await AnswerAsync(stream, all[..end].Trim(), cancellationToken);
            }
        }
    }

    private async Task AnswerAsync(Stream stream, string request, CancellationToken cancellationToken)
    {
        XElement bts = XElement.Parse(request[request.IndexOf("<bts", StringComparison.Ordinal)..]);
        string command = bts.Element("cmd")!.Value;
        lock (_commands)
        {
            _commands.Add(command);
        }

        if (Silent.Contains(command))
        {
            return;
        }

        string reply = Twist(command, Encoding.UTF8.GetString(Texts.Reply(command + "_resp", Body(command, bts))));
        foreach (byte[] piece in Encoding.UTF8.GetBytes(reply).Chunk(PieceSize))
        {
            await stream.WriteAsync(piece, cancellationToken);
        }
    }

    private string Body(string command, XElement bts) => command switch
    {
        "connect" => "<result>ok</result>",
        "getdevinfo" => $"<middle count=\"{Channels.Count}\">{string.Concat(Channels.Keys.Select(DeviceLine))}</middle>",
        "download" => Page(bts.Element("download")!),
        "downloadStepLayer" => List(Of(bts.Element("downloadStepLayer")!).Steps),
        "downloadlog" => List(Of(bts.Element("download")!).Log),
        _ => List(bts.Element("list")!.Elements().Select(e => Line(command, e))),
    };

    private static string DeviceLine(int channel) =>
        $"<channel ip=\"127.0.0.1\" devtype=\"27\" devid=\"21\" subdevid=\"1\" Channelid=\"{channel}\">true</channel>";

    private static string List(IEnumerable<string> lines) => $"<list count=\"1\">{string.Concat(lines)}</list>";

    private FakeChannel Of(XElement element) => Channels[Number(element, "chlid")];

    private static int Number(XElement element, string name) => int.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private string Line(string command, XElement asked)
    {
        int number = Number(asked, "chlid");
        FakeChannel channel = Channels[number];
        string address = $"devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"{number}\"";
        string total = channel.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return command switch
        {
            "getchlstatus" => $"<status {address}>{channel.State}</status>",
            "inquire" =>
                $"<inquire dev=\"27-21-1-{number}-0\" workstatus=\"{channel.State}\" barcode=\"{channel.Barcode}\" voltage=\"3.1\" current=\"0\" totaltime=\"{total}\"/>",
            "inquiredf" => Count(address, channel, Number(asked, "testid")),
            "start" => $"<start {address}>{channel.OnStart(channel)}</start>",
            "stop" => $"<stop {address}>{channel.OnStop(channel)}</stop>",
            _ => $"<{command} {address}>ok</{command}>",
        };
    }

    private static string Count(string address, FakeChannel channel, int testId)
    {
        bool earlier = testId == channel.Earlier?.TestId;
        (long id, int count) = earlier ? (testId, channel.Earlier!.Value.Records.Count) : (channel.TestId, channel.Records.Count);
        return $"<chl {address} testid=\"{id}\" count=\"{count}\">{(earlier || channel.Complete ? "true" : "false")}</chl>";
    }

    private string Page(XElement asked)
    {
        FakeChannel channel = Of(asked);
        bool earlier = Number(asked, "testid") == channel.Earlier?.TestId;
        IReadOnlyList<string> records = earlier ? channel.Earlier!.Value.Records : channel.Records;
        long testId = earlier ? channel.Earlier!.Value.TestId : channel.TestId;
        int first = Number(asked, "startpos");
        string head = $"<download devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"{Number(asked, "chlid")}\" testid=\"{testId}\" startpos=\"{first}\"/>";
        return head + List(records.Skip(first - 1).Take(Number(asked, "count")));
    }
}
