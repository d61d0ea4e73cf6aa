using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.ModbusCycler.Outputs;
using CellLab.Transport;
using CellLab.Transport.Modbus;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.ModbusCycler;

/// <summary>One cell place driven over Modbus. It runs no program by itself: the service steps it, and the device's own limits are the net
/// below.</summary>
internal sealed class ModbusCyclerDevice : IDevice, ISourceMeter, IProbe
{
    /// <summary>Name of the one cell place.</summary>
    public const string Place = "1";

    private static readonly TimeSpan s_releaseTimeout = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<OutputSide> _sides;
    private readonly CellOutput _output;
    private readonly Overtaking _overtaking = new();
    private readonly ChannelAddress _channel;
    private readonly Clocks _clocks;
    private readonly ILogger _logger;
    private readonly bool _simulated;
    private readonly string _maps;
    private bool _told;

    /// <param name="wire">Another way to open the lines; null for the usual one.</param>
    public ModbusCyclerDevice(
        DeviceId id, ModbusCyclerOptions options, ModbusLines lines, IConnector? wire, Clocks clocks, ILogger logger, bool simulated)
    {
        (Id, _clocks, _logger, _simulated) = (id, clocks, logger, simulated);
        _channel = new ChannelAddress(id, Place);
        _sides = [.. options.Sides.Select(s => new OutputSide(s.Profile, Rent(id, s, lines, wire, clocks), s.Unit, clocks))];
        _output = new CellOutput(_sides);
        _maps = string.Join(" + ", _sides.Select(s => s.Profile.Name));
    }

    public DeviceId Id { get; }

    public IReadOnlyList<ChannelAddress> Outputs => [_channel];

    public async Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken)
    {
        DeviceIdentity identity = await TalkAsync(
            async token =>
            {
                await OpenAsync(token);
                return await IdentifyAsync(token);
            },
            cancellationToken);
        Tell(identity);
        return identity;
    }

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public SourceMeterTraits TraitsOf(ChannelAddress channel) => _output.Traits;

    public Task<SourceReading> MeasureAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        TalkAsync(_output.MeasureAsync, cancellationToken);

    public Task<IReadOnlyList<string>> LimitAsync(ChannelAddress channel, SourceLimits limits, CancellationToken cancellationToken)
    {
        RequireConfirmedMaps();
        return TalkAsync(token => _output.LimitAsync(limits, token), cancellationToken);
    }

    public Task ApplyAsync(ChannelAddress channel, SetPoint setPoint, CancellationToken cancellationToken)
    {
        RequireConfirmedMaps();
        return TalkAsync(
            async token =>
            {
                await _output.ApplyAsync(setPoint, token);
                return true;
            },
            cancellationToken);
    }

    public async Task OpenCircuitAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        RequireConfirmedMaps();
        await _overtaking.OvertakeAsync(token => Faults.TranslateAsync(Id, SwitchOffAsync, token), cancellationToken);
        Log.SwitchedOff(_logger, _channel);
    }

    public async Task<ProbeReport> ProbeAsync(CancellationToken cancellationToken)
    {
        DeviceIdentity identity = await TalkAsync(IdentifyAsync, cancellationToken);
        SourceReading reading = await MeasureAsync(_channel, cancellationToken);
        var status = new ChannelStatus(
            _channel, StateOf(reading), reading.OutputOn ? "output on" : "output off", reading.TakenAtUtc, reading.VoltageVolts, reading.CurrentAmperes);
        string noise = reading.OutputOn
            ? ReadingNoise.NotTold(ReadingNoise.OutputIsOn)
            : await ReadingNoise.MeasureAsync(reading.VoltageVolts, async token => (await MeasureAsync(_channel, token)).VoltageVolts, cancellationToken);
        return new ProbeReport(identity, [status], new ClockReading($"the register map {_maps} names no clock: readings are stamped where they arrive"), [.. Findings(reading), noise, .. WiringHints.Of([status])]);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(s_releaseTimeout, _clocks.Wall);
        foreach (OutputSide side in _sides)
        {
            try
            {
                await side.ReleaseAsync(limit.Token);
            }
            catch (Exception e) when (e is TransportException or ModbusRefusedException or MapMismatchException or OperationCanceledException)
            {
                Log.NotReleased(_logger, Id, e.Message);
            }

            await side.DisposeAsync();
        }

        _overtaking.Dispose();
    }

    private static ModbusLineLease Rent(DeviceId id, ModbusSideOptions side, ModbusLines lines, IConnector? wire, Clocks clocks)
    {
        try
        {
            return lines.Rent(side.Address, wire, side.Line, clocks.Wall);
        }
        catch (TransportException e)
        {
            throw new DeviceSetupException([$"device {id}: {e.Message}"]);
        }
    }

    /// <summary>One conversation in its turn, with everything that can go wrong as a fault of this device.</summary>
    private Task<T> TalkAsync<T>(Func<CancellationToken, Task<T>> conversation, CancellationToken cancellationToken) =>
        Faults.TranslateAsync(Id, token => _overtaking.RunAsync(conversation, token), cancellationToken);

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        foreach (OutputSide side in _sides)
        {
            await side.OpenAsync(cancellationToken);
        }
    }

    private async Task<DeviceIdentity> IdentifyAsync(CancellationToken cancellationToken)
    {
        var identities = new List<DeviceIdentity>();
        foreach (OutputSide side in _sides)
        {
            identities.Add(await side.IdentifyAsync(cancellationToken));
        }

        return new DeviceIdentity(Join(i => i.Model), Join(i => i.Serial), Join(i => i.Firmware));

        string? Join(Func<DeviceIdentity, string?> part) =>
            string.Join(" + ", identities.Select(part).Where(p => p is not null)) is { Length: > 0 } text ? text : null;
    }

    /// <summary>Opens what is closed first; a line that does not answer is opened anew before the next try.</summary>
    private Task<bool> SwitchOffAsync(CancellationToken cancellationToken) => Insisting.RunAsync(
        async (attempt, token) =>
        {
            if (attempt > 1 || _sides.Any(s => !s.IsOpen))
            {
                await OpenAsync(token);
            }

            await _output.OffAsync(token);
            return true;
        },
        MayPass,
        _clocks.Wall,
        cancellationToken);

    private bool MayPass(int attempt, Exception failure)
    {
        if (failure is not (TransportException or ModbusRefusedException or MapMismatchException))
        {
            return false;
        }

        Log.OffTryFailed(_logger, _channel, attempt, failure.Message);
        return true;
    }

    private void RequireConfirmedMaps()
    {
        if (_sides.FirstOrDefault(s => !s.Profile.Confirmed) is OutputSide side)
        {
            throw new DeviceFaultException(
                FaultKind.Rejected, Id, $"the register map {side.Profile.Name} is not confirmed, so nothing is written; check it on the device and set confirmed");
        }
    }

    private void Tell(DeviceIdentity identity)
    {
        Log.Connected(_logger, Id, identity.Model ?? "unknown model", _maps);
        if (!_told && !_simulated)
        {
            Log.NotVerified(_logger, Id, _maps);
            _told = true;
        }

        if (_output.Traits.Watchdog is null && !_simulated)
        {
            Log.NoWatchdog(_logger, _channel);
        }
    }

    private static ChannelState StateOf(in SourceReading reading) =>
        reading.Fault is not null ? ChannelState.Protected : reading.OutputOn ? ChannelState.Running : ChannelState.Idle;

    private IEnumerable<string> Findings(SourceReading reading)
    {
        if (reading.Fault is string fault)
        {
            yield return fault;
        }

        if (_output.Traits.Watchdog is null)
        {
            yield return "the device has no watchdog: when the service ends hard, its output goes on within its own limits";
        }

        foreach (OutputSide side in _sides.Where(s => !s.Profile.Confirmed))
        {
            yield return $"the register map {side.Profile.Name} is not confirmed: nothing is written";
        }
    }
}
