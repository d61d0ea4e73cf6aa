using System.Text.Json.Nodes;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Autolab.Running;
using CellLab.Drivers.Autolab.Wire;
using CellLab.Drivers.Catalog.Runs;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Autolab.Session;

/// <summary>The conversation with the bridge: requests and their answers, each with a limit on the wall clock. Its caller sees to turns.</summary>
internal sealed class AutolabSession(DeviceId device, AutolabOptions options, IConnector connector, Clocks clocks, ILogger logger) : ICellSwitch, IAsyncDisposable
{
    private const int Protocol = 1;

    /// <summary>After so long without a request the bridge switches the cell off.</summary>
    private const double SilenceSeconds = 20;

    private AutolabLink? _link;

    public bool IsOpen => _link is { Broken: null };

    /// <summary>The run whose events come on this connection; null when none does.</summary>
    public ChannelRun? Run => _link is { Broken: null } link ? link.Run : null;

    /// <summary>Opens a new connection, to the bridge and from there to the instrument.</summary>
    public async Task<(BridgeIdentity Bridge, InstrumentAnswer Instrument)> OpenAsync(CancellationToken cancellationToken)
    {
        await CloseAsync();
        try
        {
            _link = new AutolabLink(device, options, await connector.OpenAsync(options.Address, cancellationToken), clocks, logger);
        }
        catch (TransportException error)
        {
            throw new DeviceFaultException(FaultKind.Unreachable, device, $"the bridge is not reached: {error.Message}", error);
        }

        BridgeIdentity bridge = await HelloAsync(options.ConnectTimeout, cancellationToken); // a bridge that has just been started loads the SDK first
        AnswerLine answer = await AskAsync(
            "connect", new JsonObject { ["hardwareSetup"] = options.HardwareSetup, ["adk"] = options.Adk }, options.ConnectTimeout, cancellationToken);
        await AskAsync("setup", new JsonObject { ["bandwidth"] = options.Bandwidth, ["range_A"] = 1e-3 }, options.ReplyTimeout, cancellationToken);
        return (bridge, Read(answer, InstrumentAnswer.Of));
    }

    Task ICellSwitch.ConnectAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    public Task<BridgeIdentity> HelloAsync(CancellationToken cancellationToken) => HelloAsync(options.ReplyTimeout, cancellationToken);

    private async Task<BridgeIdentity> HelloAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        BridgeIdentity bridge = Read(
            await AskAsync(
                "hello", new JsonObject { ["protocol"] = Protocol, ["client"] = "celllab", ["silence_s"] = SilenceSeconds }, limit, cancellationToken),
            BridgeIdentity.Of);
        if (!bridge.Accepted)
        {
            throw new DeviceFaultException(
                FaultKind.Configuration, device, $"the bridge speaks protocol {bridge.Protocol}, this driver {Protocol}; install the bridge that belongs to this version");
        }

        return bridge.Missing.Count == 0
            ? bridge
            : throw new DeviceFaultException(FaultKind.Configuration, device, $"the SDK on the bridge's machine cannot be used: {string.Join("; ", bridge.Missing)}");
    }

    public async Task<StatusAnswer> StatusAsync(CancellationToken cancellationToken) =>
        Read(await AskAsync("status", [], options.ReplyTimeout, cancellationToken), StatusAnswer.Of);

    /// <summary>Returns when the bridge has accepted the run; its events go to the listener.</summary>
    /// <exception cref="DeviceFaultException">Rejected: nothing happened. Unreachable: it is not known whether it runs.</exception>
    public async Task StartAsync(ChannelRun run, JsonObject request, CancellationToken cancellationToken)
    {
        AutolabLink? link = _link;
        link?.Hear(run);
        try
        {
            await AskAsync("run", request, options.ReplyTimeout, cancellationToken);
        }
        catch (Exception failure)
        {
            link?.Forget(run);
            if (failure is not DeviceFaultException { InnerException: BridgeRefusedException })
            {
                await CloseAsync(); // it may begin all the same: the bridge switches off what a client that has gone has started
            }

            throw;
        }
    }

    /// <summary>Ends what runs; returns when the cell has been read back as off.</summary>
    public Task SwitchOffAsync(CancellationToken cancellationToken) => AskAsync("abort", [], options.ReplyTimeout, cancellationToken);

    /// <summary>The bridge also switches the cell off when its client has gone.</summary>
    public async Task CloseAsync()
    {
        if (_link is { } link)
        {
            _link = null;
            await link.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private T Read<T>(AnswerLine answer, Func<AnswerLine, T> read)
    {
        try
        {
            return read(answer);
        }
        catch (BridgeFormatException error)
        {
            throw new DeviceFaultException(FaultKind.Protocol, device, $"an answer of the bridge makes no sense: {error.Message}", error);
        }
    }

    private async Task<AnswerLine> AskAsync(string op, JsonObject members, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (_link is not { Broken: null } link)
        {
            throw new DeviceFaultException(FaultKind.Unreachable, device, $"{op}: not connected to the bridge");
        }

        using var timeout = new CancellationTokenSource(limit, clocks.Wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await link.AskAsync(op, members, either.Token);
        }
        catch (BridgeRefusedException refused)
        {
            throw new DeviceFaultException(refused.Kind, device, $"{op}: {refused.Message}", refused);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeviceFaultException(FaultKind.Unreachable, device, $"{op}: no answer of the bridge within {limit.TotalSeconds:0.#} s");
        }
        catch (TransportException error)
        {
            throw new DeviceFaultException(FaultKind.Unreachable, device, $"{op}: {error.Message}", error);
        }
        catch (BridgeFormatException error)
        {
            throw new DeviceFaultException(FaultKind.Protocol, device, $"{op}: {error.Message}; the connection was dropped", error);
        }
    }
}
