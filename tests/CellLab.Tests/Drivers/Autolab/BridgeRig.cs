using System.Text.Json.Nodes;
using CellLab.AutolabBridge;
using CellLab.Transport;
using CellLab.Transport.Text;

namespace CellLab.Tests.Drivers.Autolab;

/// <summary>The bridge's core in this process with the stand-in for the vendor's library and a dummy cell, reached over its socket.</summary>
internal sealed class BridgeRig : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("celllab-bridge-").FullName;
    private readonly BridgeCore _core;
    private readonly BridgeHost _host;
    private readonly Thread _serving;
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _id;

    private BridgeRig(string dummyCell, string? sdk, double callLimitSeconds)
    {
        File.WriteAllText(Adk, "");
        File.WriteAllText(Setup, $"""<HardwareSetup serial="AUT50001" fra="FRA32M"><DummyCell {dummyCell}/></HardwareSetup>""");
        var options = new BridgeOptions { SdkFolder = sdk ?? Path.Combine(AppContext.BaseDirectory, "autolab", "sdk"), Port = 0, CallLimitSeconds = callLimitSeconds, HandOverSeconds = 1 };
        _core = new BridgeCore(options, code => _exit.TrySetResult(code));
        _host = new BridgeHost(_core, options);
        _serving = new Thread(_host.Run) { IsBackground = true };
        _serving.Start();
    }

    /// <summary>The code with which the program would have ended.</summary>
    public Task<int> Exit => _exit.Task;

    private string Adk => Path.Combine(_folder, "Adk.x");

    private string Setup => Path.Combine(_folder, "setup.xml");

    public IConnection Connection { get; set; } = null!;

    public LineReader Reader { get; set; } = null!;

    /// <param name="dummyCell">Attributes of the cell.</param>
    public static async Task<BridgeRig> StartAsync(string dummyCell = """series_ohm="9879" """, string? sdk = null, double callLimitSeconds = 30, bool connect = true)
    {
        var rig = new BridgeRig(dummyCell, sdk, callLimitSeconds);
        await rig.DialAsync();
        if (connect)
        {
            JsonNode answer = await rig.AskAsync("connect", ("hardwareSetup", rig.Setup), ("adk", rig.Adk));
            Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        }

        return rig;
    }

    public async Task DialAsync()
    {
        Connection = await new TcpConnector(TimeProvider.System).OpenAsync(new Uri($"tcp://127.0.0.1:{_host.Port}"), CancellationToken.None);
        Reader = new LineReader(Connection, "\n"u8.ToArray(), 65536);
    }

    public ValueTask HangUpAsync() => Connection.DisposeAsync();

    public async Task SendAsync(string line) => await Connection.Stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>The answer to a request; events in between are passed over.</summary>
    public async Task<JsonNode> AskAsync(string op, params (string Name, JsonNode? Value)[] members)
    {
        int id = ++_id;
        var request = new JsonObject { ["id"] = id, ["op"] = op };
        foreach ((string name, JsonNode? value) in members)
        {
            request[name] = value;
        }

        await SendAsync(request.ToJsonString());
        return await UntilAsync(line => (int?)line["id"] == id);
    }

    /// <summary>Starts a run and gives its events up to and with <c>finished</c>.</summary>
    public async Task<IReadOnlyList<JsonNode>> RunAsync(string technique, string parameters, string limits = """{"eMin_V":-5,"eMax_V":5,"maxSeconds":100000}""")
    {
        JsonNode answer = await StartAsync(technique, parameters, limits);
        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        var events = new List<JsonNode>();
        await UntilAsync(line =>
        {
            if (line["run"] is not null)
            {
                events.Add(line);
            }

            return (string?)line["ev"] == "finished";
        });
        return events;
    }

    public Task<JsonNode> StartAsync(string technique, string parameters, string limits = """{"eMin_V":-5,"eMax_V":5,"maxSeconds":100000}""") => AskAsync(
        "run", ("run", "r1"), ("technique", technique), ("params", JsonNode.Parse(parameters)), ("limits", JsonNode.Parse(limits)));

    public async Task<JsonNode> UntilAsync(Func<JsonNode, bool> wanted)
    {
        using var limit = new CancellationTokenSource(s_patience, TimeProvider.System);
        while (await Reader.ReadAsync(limit.Token) is { } line)
        {
            JsonNode node = JsonNode.Parse(line.Span)!;
            if (wanted(node))
            {
                return node;
            }
        }

        throw new InvalidOperationException("the bridge closed the connection");
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        _host.Dispose();
        _serving.Join();
        if (!_exit.Task.IsCompleted)
        {
            _core.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
