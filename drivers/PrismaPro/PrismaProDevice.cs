using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.PrismaPro.Measuring;
using CellLab.Drivers.PrismaPro.Session;
using CellLab.Drivers.PrismaPro.Wire;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.PrismaPro;

/// <summary>One PrismaPro.</summary>
public sealed class PrismaProDevice : IDevice, IGasAnalyzer, IProbe
{
    /// <summary>Scans taken in one poll: a backlog must not hold the line for long.</summary>
    private const int MostScansOfAPoll = 50;

    private static readonly TimeSpan s_emissionPoll = TimeSpan.FromMilliseconds(250);

    private readonly PrismaProOptions _options;
    private readonly Clocks _clocks;
    private readonly ILogger _logger;
    private readonly bool _simulated;
    private readonly PrismaSession _session;
    private readonly PrismaControl _control;
    private bool _warned;
    private PrismaSensor? _sensor;
    private PrismaRun? _run;

    public PrismaProDevice(DeviceId id, PrismaProOptions options, IConnector connector, Clocks clocks, ILogger<PrismaProDevice> logger, bool simulated)
    {
        Id = id;
        _options = options;
        _clocks = clocks;
        _logger = logger;
        _simulated = simulated;
        _session = new PrismaSession(id, options, connector, clocks);
        _control = new PrismaControl(_session, options);
    }

    public DeviceId Id { get; }

    public TimeSpan PollInterval => TimeSpan.FromSeconds(1);

    private PrismaSensor Sensor => _sensor ?? throw _session.Fault(FaultKind.Unreachable, "not connected; connect first");

    /// <summary>Takes control; never changes the emission. A plan that ran goes on.</summary>
    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken) => _session.RunAsync(
        "connect",
        async token =>
        {
            _sensor = null;
            PrismaSensor sensor = await _control.IdentifyAsync(token);
            await _control.TakeAsync(token);
            _sensor = sensor;
            DeviceIdentity identity = sensor.Identity;
            Log.Connected(_logger, Id, identity.Model!, identity.Serial ?? "unknown", identity.Firmware ?? "unknown");
            if (!_simulated && !_warned)
            {
                _warned = true;
                Log.NotVerified(_logger, Id, identity.Firmware ?? "unknown");
            }

            return identity;
        },
        cancellationToken);

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public Task<GasAnalyzerStatus> InspectAsync(CancellationToken cancellationToken) => _session.RunAsync(
        "read the status",
        async token =>
        {
            PrismaSensor sensor = Sensor;
            bool emission = PrismaReply.IsOn(await _session.GetAsync("generalControl/setEmission/get", token));
            bool multiplier = PrismaReply.IsOn(await _session.GetAsync("generalControl/setEM/get", token));
            return new GasAnalyzerStatus(
                emission, emission ? null : 0, multiplier ? null : 0, null, null, sensor.HighestMass, _run is not null, await _control.ErrorsAsync(token));
        },
        cancellationToken);

    public async Task SwitchOnAsync(double chamberPascals, CancellationToken cancellationToken)
    {
        if (!(chamberPascals >= 0 && chamberPascals < _options.HighestPressurePascals))
        {
            throw _session.Fault(FaultKind.Rejected, FormattableString.Invariant(
                $"the emission may be switched on below {_options.HighestPressurePascals:G3} Pa only; the gauge reads {chamberPascals:G3} Pa"));
        }

        await _session.RunAsync("switch the source on", SwitchOnCoreAsync, cancellationToken);
        Log.SwitchedOn(_logger, Id, _options.Multiplier);
    }

    public async Task SwitchOffAsync(CancellationToken cancellationToken)
    {
        _run = null;
        await _session.RunUrgentlyAsync(
            "switch the source off",
            async token =>
            {
                _run = null; // in this turn: a start that was under way may have set it before
                await _control.TakeAsync(token);
                await _session.GetAsync("generalControl/setEM/set?Off", token);
                await _session.GetAsync("generalControl/setEmission/set?Off", token);
                await WaitForEmissionAsync(on: false, token);
                return true;
            },
            cancellationToken);
        Log.SwitchedOff(_logger, Id);
    }

    public async Task StartAsync(IonPlan plan, CancellationToken cancellationToken)
    {
        if (PrismaScanSetup.Problem(plan, Sensor.HighestMass) is { } problem)
        {
            throw _session.Fault(FaultKind.Rejected, problem);
        }

        _run = null;
        await _session.RunAsync("start the plan", async token => _run = await StartCoreAsync(plan, token), cancellationToken);
    }

    public Task<IonPoll> PollAsync(CancellationToken cancellationToken) => _session.RunAsync("fetch scans", PollCoreAsync, cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _run = null;
        await _session.RunAsync(
            "end the plan",
            token =>
            {
                _run = null; // a start that was under way has set it before this turn
                return _session.GetAsync(PrismaScanSetup.Stop, token);
            },
            cancellationToken);
    }

    public async Task<ProbeReport> ProbeAsync(CancellationToken cancellationToken)
    {
        GasAnalyzerStatus status = await InspectAsync(cancellationToken);
        var channel = new ChannelStatus(
            new ChannelAddress(Id, _options.Channel),
            status.Errors.Count > 0 ? ChannelState.Faulted : status.Measuring ? ChannelState.Running : ChannelState.Idle,
            $"emission {(status.EmissionOn ? "on" : "off")}, {(status.MultiplierVolts == 0 ? "Faraday cup" : "multiplier")}",
            _clocks.Lab.GetUtcNow());
        return new ProbeReport(
            Sensor.Identity, [channel], new ClockReading("the PrismaPro's answers tell no time of day; its scans count from their start"),
            [.. status.Errors, ReadingNoise.NotTold("ion currents need a scan, and a probe starts none")]);
    }

    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> SwitchOnCoreAsync(CancellationToken cancellationToken)
    {
        await _session.GetAsync("generalControl/setEmission/set?On", cancellationToken);
        await WaitForEmissionAsync(on: true, cancellationToken);
        await _session.GetAsync($"generalControl/setEM/set?{(_options.Multiplier ? "On" : "Off")}", cancellationToken);
        return true;
    }

    private async Task WaitForEmissionAsync(bool on, CancellationToken cancellationToken)
    {
        long began = _clocks.Wall.GetTimestamp();
        while (PrismaReply.IsOn(await _session.GetAsync("generalControl/setEmission/get", cancellationToken)) != on)
        {
            if (_clocks.Wall.GetElapsedTime(began) > _options.EmissionTimeout)
            {
                string errors = string.Join("; ", await _control.ErrorsAsync(cancellationToken));
                throw _session.Fault(
                    FaultKind.Rejected,
                    $"the emission did not go {(on ? "on" : "off")} within {_options.EmissionTimeout.TotalSeconds:0} s {(errors.Length > 0 ? $"({errors})" : "")}");
            }

            await Task.Delay(s_emissionPoll, _clocks.Wall, cancellationToken);
        }
    }

    private async Task<PrismaRun> StartCoreAsync(IonPlan plan, CancellationToken cancellationToken)
    {
        if (!PrismaReply.IsOn(await _session.GetAsync("generalControl/setEmission/get", cancellationToken)))
        {
            throw _session.Fault(FaultKind.Rejected, "the emission is off; switch the source on before a plan is started");
        }

        double dwell = plan.DwellSeconds ?? _options.DwellSeconds;
        foreach (string request in PrismaScanSetup.Requests(plan, dwell))
        {
            await _session.GetAsync(request, cancellationToken);
        }

        DateTimeOffset asked = _clocks.Lab.GetUtcNow();
        await _session.GetAsync(PrismaScanSetup.Start, cancellationToken);
        DateTimeOffset answered = _clocks.Lab.GetUtcNow();
        PrismaProgress progress = await _control.ProgressAsync(cancellationToken);
        int expected = PrismaRun.MassesOf(plan).Count;
        if (progress.Points != expected)
        {
            await _session.GetAsync(PrismaScanSetup.Stop, cancellationToken);
            throw _session.Fault(FaultKind.Rejected, $"the instrument would send {progress.Points} values a scan where {expected} are expected; stopped");
        }

        return new PrismaRun(plan, dwell, progress.Running, asked + ((answered - asked) / 2));
    }

    private async Task<IonPoll> PollCoreAsync(CancellationToken cancellationToken)
    {
        if (_run is not { } run)
        {
            return new IonPoll([], []);
        }

        DateTimeOffset asked = _clocks.Lab.GetUtcNow();
        PrismaProgress progress = await _control.ProgressAsync(cancellationToken);
        await RequireScanningAsync(progress, cancellationToken);
        await RequireOurScanAsync(run, progress, cancellationToken);
        run.Observe(progress.Running, asked, _clocks.Lab.GetUtcNow());
        return await new PrismaScans(_session, _options).FetchAsync(run, progress, MostScansOfAPoll, cancellationToken);
    }

    /// <summary>Values of a scan that somebody else has set up would be stored under our masses.</summary>
    private async Task RequireOurScanAsync(PrismaRun run, PrismaProgress progress, CancellationToken cancellationToken)
    {
        bool suspect = progress.Points != run.Masses.Count || progress.Running < run.Next;
        string? other = suspect ? await _control.OtherAsync(cancellationToken) : null;
        if (progress.Points == run.Masses.Count && other is null)
        {
            return;
        }

        _run = null;
        throw _session.Fault(
            FaultKind.Rejected,
            $"measuring has ended: {(other is null ? "the instrument" : $"'{other}'")} began another scan ({progress.Points} values where the plan has {run.Masses.Count}, scan {progress.Running} after {run.Next - 1}); its values are none of this plan");
    }

    private async Task RequireScanningAsync(PrismaProgress progress, CancellationToken cancellationToken)
    {
        bool emission = PrismaReply.IsOn(await _session.GetAsync("generalControl/setEmission/get", cancellationToken));
        if (emission && progress.Scanning)
        {
            return;
        }

        _run = null;
        string errors = string.Join("; ", await _control.ErrorsAsync(cancellationToken));
        throw _session.Fault(
            FaultKind.Rejected,
            $"measuring has ended: {(emission ? "the instrument does not scan any more, perhaps stopped by another client" : "the emission went off, and is not switched on again by itself")}"
            + (errors.Length > 0 ? $" ({errors})" : ""));
    }
}
