using System.Text.Json;
using CellLab.HardwareSim.Bench;
using CellLab.Transport;
using CellLab.Transport.Listeners;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.Control;

/// <summary>The Unix socket <c>control</c> of the state folder: a line of JSON in, a line of JSON out.</summary>
internal sealed class BenchControlServer : IAsyncDisposable
{
    public const string SocketName = "control";
    private readonly BenchContext _bench;
    private readonly IReadOnlyList<IBenchInstrument> _instruments;
    private readonly SocketListener _listener;
    private readonly ILogger _logger;

    public BenchControlServer(BenchContext bench, IReadOnlyList<IBenchInstrument> instruments)
    {
        _bench = bench;
        _instruments = instruments;
        _logger = bench.Loggers.CreateLogger("CellLab.HardwareSim.Control");
        _listener = SocketListener.Unix(Path.Combine(bench.StateDirectory, SocketName));
        bench.Faults.Switched += OnSwitched;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await using IConnection connection = await _listener.AcceptAsync(cancellationToken);
                await ServeAsync(connection, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // the bench is asked to end
        }
    }

    public ValueTask DisposeAsync()
    {
        _bench.Faults.Switched -= OnSwitched;
        return _listener.DisposeAsync();
    }

    private async Task ServeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), _bench.Wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var reader = new StreamReader(connection.Stream, leaveOpen: true);
            string line = await reader.ReadLineAsync(either.Token) ?? "";
            ControlReply reply = Answer(line);
            if (reply.Error is string error)
            {
                Log.ControlRefused(_logger, error);
            }

            await connection.Stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(reply, ControlJson.Line), either.Token);
            await connection.Stream.WriteAsync("\n"u8.ToArray(), either.Token);
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.ControlRefused(_logger, e.Message);
        }
    }

    private ControlReply Answer(string line)
    {
        try
        {
            ControlRequest request = JsonSerializer.Deserialize<ControlRequest>(line, ControlJson.Line) ?? new ControlRequest("");
            return request.Op switch
            {
                "list" => new ControlReply(Faults: List()),
                "set" => Set(request),
                "clear" => Clear(request),
                _ => new ControlReply($"unknown op '{request.Op}'; expected list, set or clear"),
            };
        }
        catch (JsonException e)
        {
            return new ControlReply($"expected one line of JSON: {e.Message}");
        }
    }

    private List<FaultState> List() =>
        [.. FaultCatalog.All.Select(kind => new FaultState(kind, [.. _bench.Faults.Active.Where(f => f.Name == kind.Name)], DevicesWith(kind.Name)))];

    private List<string> DevicesWith(string fault) => [.. _instruments.Where(i => i.Faults.Contains(fault)).Select(i => i.Id)];

    private ControlReply Set(ControlRequest request)
    {
        Dictionary<string, string> parameters = request.Parameters ?? [];
        string name = request.Name ?? "";
        (string? channel, string? wrong) = Place(request.Device, request.Channel);
        wrong ??= FaultCatalog.Check(name, parameters) ?? Absent(name, request.Device);
        if (wrong is null && channel is not null && !FaultCatalog.All.Single(f => f.Name == name).OnChannel)
        {
            wrong = $"fault {name} is one of the whole device; leave the channel out";
        }

        if (wrong is null && name == FaultNames.CellMoved)
        {
            (_, wrong) = channel is null || !parameters.TryGetValue("to", out string? to)
                ? (null, $"fault {name} needs the channel and to=, the name of the other channel")
                : Place(request.Device, to);
        }

        if (wrong is not null)
        {
            return new ControlReply(wrong);
        }

        _bench.Faults.Set(new ActiveFault(name, request.Device, channel, parameters));
        return new ControlReply();
    }

    /// <summary>What says that no device there has the fault, or null.</summary>
    private string? Absent(string fault, string? device)
    {
        if (device is null)
        {
            return DevicesWith(fault).Count > 0 ? null : $"no device of this bench has the fault '{fault}'";
        }

        IReadOnlyList<string> has = _instruments.Single(i => i.Id == device).Faults;
        return has.Contains(fault) ? null : $"{device} does not have the fault '{fault}'; it has {string.Join(", ", has)}";
    }

    private ControlReply Clear(ControlRequest request)
    {
        (string? channel, string? wrong) = Place(request.Device, request.Channel);
        if (wrong is not null)
        {
            return new ControlReply(wrong);
        }

        int cleared = _bench.Faults.Clear(request.Name ?? "", request.Device, channel);
        return cleared > 0 ? new ControlReply(Cleared: cleared) : new ControlReply($"fault '{request.Name}' is not set there");
    }

    /// <summary>A channel may be given by its name or by its number on the device, from 1.</summary>
    private (string? Channel, string? Wrong) Place(string? device, string? channel)
    {
        IBenchInstrument[] instruments = [.. _instruments.Where(i => device is null || i.Id == device)];
        if (instruments.Length == 0)
        {
            return (null, $"there is no device '{device}'; the bench has {string.Join(", ", _instruments.Select(i => i.Id))}");
        }

        if (channel is null)
        {
            return (null, null);
        }

        IReadOnlyList<string> names = instruments[0].Channels;
        string? found = int.TryParse(channel, out int number) && number >= 1 && number <= names.Count ? names[number - 1] : names.FirstOrDefault(n => n == channel);
        return found is not null ? (found, null) : (null, $"{instruments[0].Id} has no channel '{channel}'; it has {names[0]} to {names[^1]}, or 1 to {names.Count}");
    }

    private void OnSwitched(ActiveFault fault, bool on)
    {
        string place = fault.Channel is null ? fault.Device ?? "all devices" : $"{fault.Device} {fault.Channel}";
        Log.FaultSwitched(_logger, fault.Name, place, on ? "on" : "off");
    }
}
