using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.SrsRga.Measuring;
using CellLab.Drivers.SrsRga.Session;
using CellLab.Drivers.SrsRga.Wire;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.SrsRga;

/// <summary>One SRS RGA head.</summary>
public sealed class SrsRgaDevice : IDevice, IGasAnalyzer, IProbe
{
    private const int TriesOfAPass = 3;

    private readonly SrsRgaOptions _options;
    private readonly Clocks _clocks;
    private readonly ILogger _logger;
    private readonly bool _simulated;
    private readonly RgaSession _session;
    private bool _warned;
    private RgaHead? _head;
    private RgaIdentity? _identity;
    private RgaRun? _run;

    public SrsRgaDevice(DeviceId id, SrsRgaOptions options, IConnector connector, Clocks clocks, ILogger<SrsRgaDevice> logger, bool simulated)
    {
        Id = id;
        _options = options;
        _clocks = clocks;
        _logger = logger;
        _simulated = simulated;
        _session = new RgaSession(id, options, connector, clocks, logger);
    }

    public DeviceId Id { get; }

    private RgaHead Head => _head ?? throw new DeviceFaultException(FaultKind.Unreachable, Id, "not connected; connect first");

    public TimeSpan PollInterval => _run is { Plan.Interval: var interval } && interval > TimeSpan.FromSeconds(1) ? interval : TimeSpan.FromSeconds(1);

    /// <summary>Never changes the filament. A plan that ran goes on after a lost connection.</summary>
    public async Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken)
    {
        await _session.OpenAsync(cancellationToken);
        RgaIdentity identity = await _session.RunAsync("read the head's data", ReadHeadAsync, cancellationToken);
        Log.Connected(_logger, Id, identity.Model, identity.Serial, identity.Firmware);
        if (!_simulated && !_warned)
        {
            _warned = true;
            Log.NotVerified(_logger, Id, identity.Model);
        }

        return new DeviceIdentity(identity.Model, identity.Serial, identity.Firmware);
    }

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public Task<GasAnalyzerStatus> InspectAsync(CancellationToken cancellationToken) =>
        _session.RunAsync("read the status", ReadStatusAsync, cancellationToken);

    public async Task SwitchOnAsync(double chamberPascals, CancellationToken cancellationToken)
    {
        RequireVacuum(chamberPascals);
        await _session.RunAsync(
            "switch the source on",
            async (head, token) =>
            {
                await new RgaSource(_options).SwitchOnAsync(head, Head.MultiplierFitted, token);
                return true;
            },
            cancellationToken);
        Log.SwitchedOn(_logger, Id, _options.EmissionMilliamperes, _options.MultiplierVolts);
    }

    public async Task SwitchOffAsync(CancellationToken cancellationToken)
    {
        await _session.RunUrgentlyAsync(
            "switch the source off",
            async (head, token) =>
            {
                _run = null; // in this turn: a start that was under way may have set it before
                await RgaSource.SwitchOffAsync(head, _head?.MultiplierFitted ?? await HasMultiplierAsync(head, token), token);
                return true;
            },
            cancellationToken);
        Log.SwitchedOff(_logger, Id);
    }

    public async Task StartAsync(IonPlan plan, CancellationToken cancellationToken)
    {
        if (RgaPlanCheck.Problem(plan, Head.HighestMass) is { } problem)
        {
            throw new DeviceFaultException(FaultKind.Rejected, Id, problem);
        }

        await _session.RunAsync(
            "prepare the plan",
            async (head, token) => _run = await new RgaPreparation(_options).PrepareAsync(head, plan, _clocks.Lab.GetUtcNow(), token),
            cancellationToken);
    }

    public Task<IonPoll> PollAsync(CancellationToken cancellationToken) => _session.RunAsync("measure a pass", MeasureAsync, cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _run = null;
        await _session.RunAsync(
            "end the plan",
            async (head, token) =>
            {
                _run = null; // a start that was under way has set it before this turn
                await head.TellAsync("MR", "0", token);
                return await head.StatusAsync(token);
            },
            cancellationToken);
    }

    /// <summary>Zeroes the detector for the present settings and corrects the RF for temperature (up to two minutes).</summary>
    public Task ZeroDetectorAsync(CancellationToken cancellationToken) => MaintainAsync("zero the detector", RgaMaintenance.ZeroAsync, cancellationToken);

    /// <summary>Measures the electrometer's curve anew (up to two minutes).</summary>
    public Task RecalibrateElectrometerAsync(CancellationToken cancellationToken) =>
        MaintainAsync("recalibrate the electrometer", RgaMaintenance.RecalibrateAsync, cancellationToken);

    /// <summary>Heats the source for 1 to 20 minutes. The multiplier goes off and stays off.</summary>
    /// <param name="chamberPascals">The interlock, as for <see cref="SwitchOnAsync"/>.</param>
    public Task DegasAsync(int minutes, double chamberPascals, CancellationToken cancellationToken)
    {
        RequireVacuum(chamberPascals);
        return MaintainAsync("degas", (head, token) => RgaMaintenance.DegasAsync(head, minutes, token), cancellationToken);
    }

    /// <summary>Writes sensitivities and gain into the head's memory and reads all of them again.</summary>
    public Task StoreCalibrationAsync(RgaCalibration calibration, CancellationToken cancellationToken) => MaintainAsync(
        "store the calibration",
        async (head, token) =>
        {
            await RgaMaintenance.StoreAsync(head, calibration, token);
            await ReadHeadAsync(head, token);
        },
        cancellationToken);

    public async Task<ProbeReport> ProbeAsync(CancellationToken cancellationToken)
    {
        GasAnalyzerStatus status = await InspectAsync(cancellationToken);
        RgaIdentity identity = _identity!; // an inspection succeeds after a connect only
        var channel = new ChannelStatus(
            new ChannelAddress(Id, _options.Channel),
            status.Errors.Count > 0 ? ChannelState.Faulted : status.Measuring ? ChannelState.Running : ChannelState.Idle,
            RgaFindings.State(status),
            _clocks.Lab.GetUtcNow());
        return new ProbeReport(
            new DeviceIdentity(identity.Model, identity.Serial, identity.Firmware), [channel], new ClockReading("the head has no clock: ion currents are stamped where they arrive"), RgaFindings.Of(status, Head));
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private void RequireVacuum(double chamberPascals)
    {
        if (!(chamberPascals >= 0 && chamberPascals < _options.HighestPressurePascals))
        {
            throw new DeviceFaultException(FaultKind.Rejected, Id, FormattableString.Invariant(
                $"the filament may be lit below {_options.HighestPressurePascals:G3} Pa only; the gauge reads {chamberPascals:G3} Pa"));
        }
    }

    private Task<bool> MaintainAsync(string what, Func<RgaConversation, CancellationToken, Task> work, CancellationToken cancellationToken) => _session.RunAsync(
        what,
        async (head, token) =>
        {
            await work(head, token);
            return true;
        },
        cancellationToken);

    private async Task<IonPoll> MeasureAsync(RgaConversation head, CancellationToken cancellationToken)
    {
        if (_run is not { } run || !run.TryBegin(_clocks.Lab.GetUtcNow(), out long number))
        {
            return new IonPoll([], []);
        }

        var notes = new List<string>();
        for (int attempt = 1; attempt <= TriesOfAPass; attempt++)
        {
            try
            {
                await RequireAsPreparedAsync(head, run, cancellationToken);
                (IonPass pass, RgaStatus status) = await new RgaPassReader(_options, Head, _clocks).ReadAsync(head, run, number, cancellationToken);
                await JudgeAsync(head, status, notes, cancellationToken);
                return new IonPoll([pass], notes);
            }
            catch (Exception error) when (error is RgaFormatException or RgaSilenceException)
            {
                Log.PassLost(_logger, Id, number, attempt, error.Message);
                notes.Add($"pass {number}, try {attempt}: {error.Message}");
                await _session.ResynchroniseAsync(cancellationToken);
            }
        }

        notes.Add($"pass {number} is lost after {TriesOfAPass} tries");
        return new IonPoll([], notes);
    }

    /// <summary>A head that lost its supply comes back without emission, without multiplier and with another noise floor, and reports no error; its currents would be
    /// taken for data.</summary>
    private async Task RequireAsPreparedAsync(RgaConversation head, RgaRun run, CancellationToken cancellationToken)
    {
        double emission = await head.AskNumberAsync("FL", cancellationToken);
        double volts = Head.MultiplierFitted ? await head.AskNumberAsync("HV", cancellationToken) : 0;
        double noiseFloor = await head.AskNumberAsync("NF", cancellationToken);
        RgaStatus status = await head.StatusAsync(cancellationToken);
        if ((emission > SrsRgaProtocol.EmissionTolerance && Math.Abs(volts - run.MultiplierVolts) < 1 && noiseFloor == run.NoiseFloor) || (status & SrsRgaProtocol.Grave) != 0)
        {
            return; // grave errors are told with the pass
        }

        _run = null;
        throw head.Rejected(FormattableString.Invariant(
            $"measuring has ended: the head reads {emission:0.00} mA emission, {volts:0} V multiplier, NF {noiseFloor:0} where the plan began with {run.MultiplierVolts:0} V, NF {run.NoiseFloor}. It was restarted, or somebody else has set it; the source is not switched on again by itself"));
    }

    /// <summary>Errors of source, supply or filter end the plan; others are noted.</summary>
    private async Task JudgeAsync(RgaConversation head, RgaStatus status, List<string> notes, CancellationToken cancellationToken)
    {
        if (status == RgaStatus.Healthy)
        {
            return;
        }

        IReadOnlyList<string> errors = await head.ErrorsAsync(status, cancellationToken);
        notes.AddRange(errors);
        if ((status & SrsRgaProtocol.Grave) != 0)
        {
            _run = null;
            throw head.Rejected(
                $"measuring has ended: {string.Join("; ", errors)}. A filament trip switches the multiplier off too; neither is switched on again by itself");
        }
    }

    private async Task<RgaIdentity> ReadHeadAsync(RgaConversation head, CancellationToken cancellationToken)
    {
        RgaIdentity identity = RgaIdentity.Parse(await head.AskAsync("ID", cancellationToken));
        _head = new RgaHead(
            identity.HighestMass,
            await HasMultiplierAsync(head, cancellationToken),
            await head.AskNumberAsync("SP", cancellationToken),
            await head.AskNumberAsync("ST", cancellationToken),
            await head.AskNumberAsync("MG", cancellationToken) * 1000);
        _identity = identity;
        return identity;
    }

    private static async Task<bool> HasMultiplierAsync(RgaConversation head, CancellationToken cancellationToken) =>
        await head.AskNumberAsync("MO", cancellationToken) != 0;

    private async Task<GasAnalyzerStatus> ReadStatusAsync(RgaConversation conversation, CancellationToken cancellationToken)
    {
        double emission = await conversation.AskNumberAsync("FL", cancellationToken);
        RgaHead head = Head;
        double volts = head.MultiplierFitted ? await conversation.AskNumberAsync("HV", cancellationToken) : 0;
        RgaStatus status = await conversation.StatusAsync(cancellationToken);
        return new GasAnalyzerStatus(
            emission > SrsRgaProtocol.EmissionTolerance,
            emission * 1e-3,
            volts,
            head.SensitivityMilliamperesPerTorr > 0 ? head.SensitivityMilliamperesPerTorr * 1e-3 / SrsRgaProtocol.PascalsPerTorr : null,
            head.MultiplierGain > 0 ? head.MultiplierGain : null,
            head.HighestMass,
            _run is not null,
            await conversation.ErrorsAsync(status, cancellationToken));
    }
}
