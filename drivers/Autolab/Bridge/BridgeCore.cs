using CellLab.AutolabBridge.Running;
using CellLab.AutolabBridge.Sdk;
using CellLab.AutolabBridge.Wire;

namespace CellLab.AutolabBridge;

/// <summary>The requests and what they do. The SDK is touched on its own thread alone; a client that leaves takes its run with it, cell off.</summary>
internal sealed class BridgeCore : IDisposable
{
    private const int ExitOfHang = 3;
    private static readonly TimeSpan s_watch = TimeSpan.FromMilliseconds(250);

    private readonly SdkThread _thread = new();
    private readonly Timer _watchdog;
    private readonly Timer _end;
    private readonly Operations _operations;
    private readonly object _gate = new();
    private ClientSession? _client;
    private bool _hung;

    /// <param name="exit">Ends the process: a call that does not come back cannot be ended in any other way.</param>
    public BridgeCore(BridgeOptions options, Action<int> exit)
    {
        _operations = new Operations(options, _thread);
        _end = new Timer(_ => exit(ExitOfHang), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watchdog = new Timer(_ => Watch(), null, s_watch, s_watch);
    }

    /// <summary>The program is asked to end, and the cell is off.</summary>
    public event Action? Ended;

    public void Enter(ClientSession client)
    {
        lock (_gate)
        {
            _client = client;
        }
    }

    /// <summary>The client has gone: what it started ends with the cell off.</summary>
    public void Leave(ClientSession client)
    {
        _operations.ClientLost();
        lock (_gate)
        {
            _client = _client == client ? null : _client;
        }
    }

    public void Take(string line, ClientSession client)
    {
        int? id = null;
        try
        {
            Request request = Request.Read(line);
            id = request.Id;
            Execute(request, client);
        }
        catch (BadRequestException bad)
        {
            client.Outbox.Refuse(id, bad.Code, bad.Message);
        }
    }

    /// <summary>Cell off, link closed, then the program ends.</summary>
    public void ShutDown() => _operations.Disconnect(_ => Ended?.Invoke());

    public void Dispose()
    {
        _watchdog.Dispose();
        _end.Dispose();
        _operations.ClientLost();
        _thread.Dispose();
    }

    private void Execute(Request request, ClientSession client)
    {
        var reply = new Reply(request.Id, client.Outbox);
        switch (request.Op)
        {
            case "hello":
                Hello(request, client);
                break;
            case "connect":
                _operations.Connect(request.Fields.Text("hardwareSetup"), request.Fields.Text("adk"), reply);
                break;
            case "status":
                _operations.Status(reply);
                break;
            case "setup":
                _operations.SetUp(request.Fields.Text("bandwidth"), request.Fields.Number("range_A"), reply);
                break;
            case "run":
                _operations.Run(PlanReader.Read(request.Fields), reply);
                break;
            case "abort":
                _operations.Abort(reply);
                break;
            case "cell":
                Cell(request, reply);
                break;
            case "disconnect":
                _operations.Disconnect(problem => reply.Done(problem));
                break;
            case "shutdown":
                reply.Ok();
                ShutDown();
                break;
            default:
                throw new BadRequestException($"op '{request.Op}' is not known; known are hello, connect, status, setup, cell, run, abort, disconnect, shutdown", "unknown_op");
        }
    }

    private void Hello(Request request, ClientSession client)
    {
        int protocol = request.Fields.Whole("protocol", 1, 1000);
        if (request.Fields.OptionalNumber("silence_s") is > 0 and var seconds)
        {
            client.ExpectWithin(seconds);
        }

        client.Outbox.Answer(request.Id, json => _operations.WriteHello(json, protocol));
    }

    private void Cell(Request request, Reply reply)
    {
        if (request.Fields.Flag("on"))
        {
            throw new BadRequestException("a cell that is on without limits is not offered: start a run");
        }

        _operations.Abort(reply);
    }

    private void Watch()
    {
        if (_client is { IsSilent: true } silent)
        {
            silent.Close();
        }

        if (_thread.Overdue is { } what && !_hung)
        {
            _hung = true;
            _client?.Outbox.Event("alarm", json =>
            {
                json.WriteString("code", "sdk_hung");
                json.WriteString("text", $"{what} did not come back; the bridge ends. Ending it does not switch the cell off: look at the instrument now");
            });
            _end.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan); // the alarm goes out first
        }
    }
}
