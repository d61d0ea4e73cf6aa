using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;

namespace CellLab.TestKit.Devices;

/// <summary>A potentiostat in memory: a test hands out the points of its spectrum, breaks it off, or takes its link away.</summary>
public sealed class ScriptedAnalyzer(string id) : IDevice, IChannelBank, IImpedanceAnalyzer
{
    private readonly Lock _lock = new();
    private readonly List<SpectrumPoint> _points = [];
    private SpectrumPlan? _plan;
    private SpectrumOutcome _outcome = SpectrumOutcome.Complete;

    public DeviceId Id { get; } = new(id);

    public ChannelAddress Channel => new(Id, "1");

    public IReadOnlyList<ChannelAddress> Channels => [Channel];

    public TimeSpan PollInterval => TimeSpan.FromMilliseconds(5);

    /// <summary>Thrown by every exchange while set.</summary>
    public DeviceFaultException? Broken { get; set; }

    public double Volts { get; set; } = 3.1;

    /// <summary>Called when the output goes on.</summary>
    public Action? OnStart { get; set; }

    /// <summary>Called when it is asked how it stands.</summary>
    public Action? OnInspect { get; set; }

    /// <summary>In place of an open circuit that is confirmed.</summary>
    public Func<Task>? OnOpen { get; set; }

    public IReadOnlyList<string> Problems { get; set; } = [];

    /// <summary>Somebody else drives it.</summary>
    public bool Busy { get; set; }

    public bool IsOn { get; private set; }

    public int Starts { get; private set; }

    public int Opened { get; private set; }

    public SpectrumPlan? Plan => _plan;

    /// <summary>What is handed on instead of the next points.</summary>
    public Func<SpectrumPoint, SpectrumPoint>? Bent { get; set; }

    /// <summary>The next points of the spectrum that runs.</summary>
    public void Give(int points, SpectrumOutcome outcome = SpectrumOutcome.Running)
    {
        lock (_lock)
        {
            for (int i = 0; i < points; i++)
            {
                int number = _points.Count + 1;
                var point = new SpectrumPoint(number, DateTimeOffset.UnixEpoch.AddSeconds(number), 1000.0 / number, 10 + number, -number, false);
                _points.Add(Bent?.Invoke(point) ?? point);
            }

            _outcome = outcome;
            IsOn = outcome == SpectrumOutcome.Running;
        }
    }

    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        return Task.FromResult(new DeviceIdentity("scripted potentiostat", id, "1"));
    }

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public Task<ChannelStatus> InspectAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        OnInspect?.Invoke();
        return Task.FromResult(Status());
    }

    public Task<BankReading> PollAsync(IReadOnlyList<ChannelCursor> cursors, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        return Task.FromResult(new BankReading([Status()], []));
    }

    public IReadOnlyList<string> CheckSpectrum(ChannelAddress channel, SpectrumPlan plan) => Problems;

    public Task StartSpectrumAsync(ChannelAddress channel, SpectrumPlan plan, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        lock (_lock)
        {
            (_plan, _outcome, IsOn) = (plan, SpectrumOutcome.Running, true);
            _points.Clear();
            Starts++;
        }

        OnStart?.Invoke();
        return Task.CompletedTask;
    }

    public Task<SpectrumReading> PollSpectrumAsync(ChannelAddress channel, int pointsTaken, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        lock (_lock)
        {
            return Task.FromResult(new SpectrumReading(
                _plan!, DateTimeOffset.UnixEpoch, 3.1, [.. _points.Skip(pointsTaken)], _outcome, _outcome == SpectrumOutcome.EndedEarly ? ["it was ended"] : []));
        }
    }

    public async Task OpenCircuitAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        if (OnOpen is { } hook)
        {
            await hook();
        }

        ThrowIfBroken();
        lock (_lock)
        {
            Opened++;
            _outcome = _outcome == SpectrumOutcome.Running ? SpectrumOutcome.EndedEarly : _outcome;
            IsOn = false;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ChannelStatus Status() => new(
        Channel, IsOn || Busy ? ChannelState.Running : ChannelState.Idle, IsOn ? "spectrum" : Busy ? "held by the keypad" : "idle", DateTimeOffset.UnixEpoch, Volts, 0);

    private void ThrowIfBroken()
    {
        if (Broken is { } fault)
        {
            throw fault;
        }
    }
}
