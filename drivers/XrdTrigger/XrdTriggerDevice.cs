using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Transport;
using CellLab.Transport.Modbus;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.XrdTrigger;

/// <summary>A trigger output. It remembers every id it has fired while it lives; over a restart of the service the stored intents do.</summary>
public sealed class XrdTriggerDevice : IDevice, ITriggerOutput, IPatternFolder, IProbe, IInstrumentClock
{
    private readonly XrdTriggerOptions _options;
    private readonly ITriggerWire _wire;
    private readonly Clocks _clocks;
    private readonly ILogger _logger;
    private readonly bool _simulated;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, TriggerReceipt> _receipts = [];
    private DeviceIdentity? _identity;
    private DateTimeOffset? _lastPulse;
    private CancellationTokenSource _released = new(); // one from release to release; without a timer it need not be disposed

    internal XrdTriggerDevice(DeviceId id, XrdTriggerOptions options, ITriggerWire wire, Clocks clocks, ILogger<XrdTriggerDevice> logger, bool simulated)
    {
        Id = id;
        (_options, _wire, _clocks, _logger, _simulated) = (options, wire, clocks, logger, simulated);
    }

    public DeviceId Id { get; }

    public TriggerTraits Traits => _wire.Traits;

    public string? PatternFolder => _options.PatternFolder;

    public double? DisplacementOffsetDegrees => _options.DisplacementOffsetDegrees;

    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            if (_identity is null && !_simulated)
            {
                Log.NotVerified(_logger, Id);
            }

            _identity = await _wire.OpenAsync(cancellationToken);
            Log.Connected(_logger, Id, _identity.Model);
            return _identity;
        },
        cancellationToken);

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public Task<TriggerArming> ArmAsync(TriggerRun run, CancellationToken cancellationToken) =>
        RunAsync(() => _wire.ArmAsync(run, cancellationToken), cancellationToken);

    public Task<TriggerReceipt> FireAsync(TriggerRequest request, CancellationToken cancellationToken)
    {
        CancellationToken released = Volatile.Read(ref _released).Token; // a release from here on is meant for this pulse too
        return RunAsync(
            async () =>
            {
                if (!TriggerRequest.IsId(request.Id))
                {
                    throw new TriggerRefusedException($"'{request.Id}' is no id of a trigger: expected up to 64 letters, digits and '-'");
                }

                if (_receipts.TryGetValue(request.Id, out TriggerReceipt? known))
                {
                    Log.Repeated(_logger, Id, request.Id);
                    return known with { Repeated = true };
                }

                return await FireNewAsync(request, released);
            },
            cancellationToken);
    }

    public Task<TriggerReading> ReadAsync(CancellationToken cancellationToken) => RunAsync(() => _wire.ReadAsync(cancellationToken), cancellationToken);

    public Task<ClockReading> ReadClockAsync(CancellationToken cancellationToken) => RunAsync(() => _wire.ReadClockAsync(cancellationToken), cancellationToken);

    public Task ReleaseAsync(CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        await Interlocked.Exchange(ref _released, new CancellationTokenSource()).CancelAsync();
        await _wire.ReleaseAsync(cancellationToken);
        return true;
    });

    public async Task<ProbeReport> ProbeAsync(CancellationToken cancellationToken)
    {
        TriggerReading reading = await ReadAsync(cancellationToken);
        string text = $"ready {Word(reading.Ready)}, busy {Word(reading.Busy)}, output {Word(reading.Output)}";
        var channel = new ChannelStatus(new ChannelAddress(Id, "trigger"), reading.Busy == true ? ChannelState.Running : ChannelState.Idle, text, reading.ReadAtUtc);
        List<string> findings = [];
        if (Traits.Acknowledgement == TriggerAcknowledgement.None)
        {
            findings.Add("no busy signal is configured: nobody sees whether an exposure starts (ack=none)");
        }

        if (reading.Output == true)
        {
            findings.Add("the trigger output is closed; release it and check the module");
        }

        if (reading.Fault is string fault)
        {
            findings.Add($"the diffractometer reports: {fault}");
        }

        findings.Add(ReadingNoise.NotTold("a trigger output measures nothing"));

        return new ProbeReport(_identity ?? new DeviceIdentity(null, null, null), [channel], await ReadClockAsync(cancellationToken), findings);
    }

    public async ValueTask DisposeAsync()
    {
        await _wire.DisposeAsync();
        _gate.Dispose();
    }

    /// <summary>The wire is not called off: a contact that was closed is opened again.</summary>
    private async Task<TriggerReceipt> FireNewAsync(TriggerRequest request, CancellationToken released)
    {
        PulseEdge.RequireNotReleased(released);
        if (_lastPulse is { } last && _clocks.Lab.GetUtcNow() - last is var gap && gap >= TimeSpan.Zero && gap < _options.MinimumGap)
        {
            throw new TriggerRefusedException($"trigger {request.Id} follows the last one by {gap.TotalSeconds:0.###} s; the gap is at least {_options.MinimumGap.TotalSeconds:0.###} s");
        }

        WirePulse pulse = await _wire.PulseAsync(request, released);
        var receipt = new TriggerReceipt(request.Id, pulse.Outcome, pulse.SentAtUtc, pulse.AnsweredAtUtc, pulse.Uncertainty, Note: pulse.Note);
        _lastPulse = pulse.SentAtUtc;
        _receipts[request.Id] = receipt;
        Log.Fired(_logger, Id, request.Id, pulse.Outcome);
        if (pulse.Note is string note)
        {
            Log.Doubtful(_logger, Id, request.Id, note);
        }

        return receipt;
    }

    private async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await TranslateAsync(work);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<T> TranslateAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (TransportException error)
        {
            throw new DeviceFaultException(error.Fault == TransportFault.Garbled ? FaultKind.Protocol : FaultKind.Unreachable, Id, error.Message, error);
        }
        catch (Exception error) when (error is ModbusRefusedException or TriggerRefusedException)
        {
            throw new DeviceFaultException(FaultKind.Rejected, Id, error.Message, error);
        }
    }

    private static string Word(bool? level) => level switch { true => "on", false => "off", null => "not wired" };
}
