using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Transport;
using CellLab.Transport.Modbus;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.GasPanel;

/// <summary>Valves on the outputs of a Modbus module, with read-back. Released outputs mean carrier through the cell, so a dead service or module
/// leaves the cell swept.</summary>
public sealed class ValvePanelDevice : IDevice, IGasPanel, IProbe
{
    private const ushort On = 0xFF00;
    private const ushort Off = 0x0000;

    private static readonly string[] s_valves = ["cell", "bypass", "bottle"];

    private readonly GasPanelOptions _options;
    private readonly Clocks _clocks;
    private readonly ILogger _logger;
    private readonly ModbusLineLease _line;
    private readonly ModbusMaster _module;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ushort[] _outputs;
    private (GasRoute Route, DateTimeOffset At)? _switched;

    public ValvePanelDevice(DeviceId id, GasPanelOptions options, ModbusLines lines, IConnector? connector, Clocks clocks, ILogger<ValvePanelDevice> logger)
    {
        Id = id;
        _options = options;
        _clocks = clocks;
        _logger = logger;
        _line = lines.Rent(options.Address!, connector, options.Line, clocks.Wall);
        _module = new ModbusMaster(_line.Line, options.Unit);
        _outputs = [options.CellOutput, options.BypassOutput, options.BottleOutput];
    }

    public DeviceId Id { get; }

    public bool TurnedByHand => false;

    public CarrierFlow Carrier => _options.Carrier;

    /// <summary>Turns no valve.</summary>
    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            await _line.OpenAsync(cancellationToken);
            bool[] outputs = await ReadAsync(cancellationToken);
            string text = Text(outputs);
            Log.Connected(_logger, Id, text);
            return new DeviceIdentity("gas panel on a Modbus output module", null, null);
        },
        cancellationToken);

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public Task<GasPanelStatus> InspectAsync(CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            bool[] outputs = await ReadAsync(cancellationToken);
            GasRoute? route = GasRoutes.Of(outputs);
            DateTimeOffset? since = _switched is { } ours && ours.Route == route ? ours.At : null; // another master may have turned them
            return new GasPanelStatus(route, Text(outputs), since, null);
        },
        cancellationToken);

    public Task SwitchAsync(GasRoute route, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            await SwitchCoreAsync(route, cancellationToken);
            return true;
        },
        cancellationToken);

    public string TaskFor(GasRoute route) => GasRoutes.Task(route);

    public void Confirm(GasRoute route, string who, DateTimeOffset at) =>
        throw new DeviceFaultException(FaultKind.Rejected, Id, "the valves of this panel are turned by the service; there is nothing to confirm");

    public async Task<ProbeReport> ProbeAsync(CancellationToken cancellationToken)
    {
        GasPanelStatus status = await InspectAsync(cancellationToken);
        var channel = new ChannelStatus(new ChannelAddress(Id, "valves"), ChannelState.Idle, status.Text, _clocks.Lab.GetUtcNow());
        string[] routes = status.Route is null ? [$"the outputs make no route ({status.Text}); switch to one"] : [];
        return new ProbeReport(
            new DeviceIdentity("gas panel on a Modbus output module", null, null), [channel], new ClockReading("an output module has no clock"),
            [.. routes, ReadingNoise.NotTold("valves measure nothing")]);
    }

    public async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync();
        _gate.Dispose();
    }

    /// <summary>Break before make. Writing "off" twice is harmless, so nothing needs to be known about a lost answer.</summary>
    private async Task SwitchCoreAsync(GasRoute route, CancellationToken cancellationToken)
    {
        bool[] wanted = GasRoutes.Outputs(route);
        if ((await ReadAsync(cancellationToken)).SequenceEqual(wanted))
        {
            return;
        }

        try
        {
            await ReleaseAsync(cancellationToken);
            await RequireAsync([false, false, false], cancellationToken);
            await Task.Delay(_options.Break, _clocks.Wall, cancellationToken);
            for (int i = 0; i < wanted.Length; i++)
            {
                if (wanted[i])
                {
                    await _module.WriteCoilAsync(_outputs[i], On, cancellationToken);
                }
            }

            await RequireAsync(wanted, cancellationToken);
        }
        catch (Exception failure) when (failure is DeviceFaultException or TransportException or ModbusRefusedException)
        {
            await ReleaseAsync(cancellationToken); // as far as it is still heard: released valves lead the carrier through the cell
            throw;
        }

        _switched = (route, _clocks.Lab.GetUtcNow());
        Log.Switched(_logger, Id, route);
    }

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        foreach (ushort output in _outputs)
        {
            await _module.WriteCoilAsync(output, Off, cancellationToken);
        }
    }

    private async Task RequireAsync(bool[] wanted, CancellationToken cancellationToken)
    {
        bool[] read = await ReadAsync(cancellationToken);
        if (!read.SequenceEqual(wanted))
        {
            throw new DeviceFaultException(
                FaultKind.Rejected, Id, $"the outputs read back as {Text(read)} where {Text(wanted)} was set; all were released. Check module and wiring");
        }
    }

    private async Task<bool[]> ReadAsync(CancellationToken cancellationToken)
    {
        bool[] read = new bool[_outputs.Length];
        for (int i = 0; i < read.Length; i++)
        {
            read[i] = (await _module.ReadBitsAsync(
                ModbusFunction.ReadCoils, (ushort)(_outputs[i] + _options.ReadBackOffset), 1, cancellationToken))[0];
        }

        return read;
    }

    private async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        catch (TransportException error)
        {
            throw new DeviceFaultException(error.Fault == TransportFault.Garbled ? FaultKind.Protocol : FaultKind.Unreachable, Id, error.Message, error);
        }
        catch (ModbusRefusedException error)
        {
            throw new DeviceFaultException(FaultKind.Rejected, Id, error.Message, error);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static string Text(IReadOnlyList<bool> outputs) =>
        string.Join(", ", s_valves.Zip(outputs, (name, on) => $"{name} {(on ? "on" : "off")}"));
}
