using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;
using CellLab.Core.Programs;

namespace CellLab.Tests.Engine.Hosted;

/// <summary>An output in memory with a computed cell behind it, that lives in the lab time of its clock. It does what it was last told, whoever
/// listens; a test bends it through the hooks. It outlives a "restart" of the service like a real one.</summary>
internal sealed class VirtualSourceMeter(string id, IVirtualCell cell, TimeProvider lab) : IDevice, ISourceMeter
{
    private const double LookSeconds = 1e-3;
    private const double LongestStride = 5;

    private readonly Lock _lock = new();
    private readonly IVirtualCell _cell = cell;
    private DateTimeOffset _at = lab.GetUtcNow();
    private (double Volts, double Amperes) _now;

    public DeviceId Id { get; } = new(id);

    public ChannelAddress Channel => new(Id, "a");

    public IReadOnlyList<ChannelAddress> Outputs => [Channel];

    public SetPoint Does { get; private set; } = SetPoint.OpenCircuit;

    public bool IsOn => Does is not OpenCircuitSetPoint;

    public SourceLimits? Limits { get; private set; }

    public IReadOnlyList<string> Unheld { get; init; } = [];

    public SourceMeterTraits Traits { get; init; } = new()
    {
        MaxChargeAmperes = 0.01,
        MaxDischargeAmperes = 0.01,
        MinVolts = 0,
        MaxVolts = 5,
        CurrentResolutionAmperes = 1e-7,
        HoldsVoltage = true,
        HoldsPower = true,
    };

    /// <summary>Called with <c>connect, measure, limit, apply, open</c> before each call takes effect, with its token.</summary>
    public Func<string, CancellationToken, Task>? Before { get; set; }

    /// <summary>What is told instead of the truth.</summary>
    public Func<SourceReading, SourceReading>? Told { get; set; }

    /// <summary>What is done instead of what was ordered.</summary>
    public Func<SetPoint, SetPoint>? Done { get; set; }

    /// <summary>Takes the command to open and does nothing.</summary>
    public bool Sticks { get; set; }

    /// <summary>Charge that has gone into the cell, A h.</summary>
    public double AmpereHours { get; private set; }

    public double HighestVolts { get; private set; } = double.MinValue;

    public double LowestVolts { get; private set; } = double.MaxValue;

    public SourceMeterTraits TraitsOf(ChannelAddress channel) => Traits;

    public async Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken)
    {
        await CallAsync("connect", cancellationToken);
        return new DeviceIdentity("virtual", id, "1");
    }

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public async Task<SourceReading> MeasureAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        await CallAsync("measure", cancellationToken);
        lock (_lock)
        {
            Advance();
            (double volts, double amperes) = _cell.Fork().Advance(Does, LookSeconds);
            var truth = new SourceReading(lab.GetUtcNow(), volts, amperes, IsOn);
            return Told?.Invoke(truth) ?? truth;
        }
    }

    public async Task<IReadOnlyList<string>> LimitAsync(ChannelAddress channel, SourceLimits limits, CancellationToken cancellationToken)
    {
        await CallAsync("limit", cancellationToken);
        Limits = limits;
        return Unheld;
    }

    public async Task ApplyAsync(ChannelAddress channel, SetPoint setPoint, CancellationToken cancellationToken)
    {
        await CallAsync("apply", cancellationToken);
        Switch(Done?.Invoke(setPoint) ?? setPoint);
    }

    public async Task OpenCircuitAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        await CallAsync("open", cancellationToken);
        if (!Sticks)
        {
            Switch(SetPoint.OpenCircuit);
        }
    }

    /// <summary>By hand at the front panel, or by the device's own protection.</summary>
    public void Switch(SetPoint setPoint)
    {
        lock (_lock)
        {
            Advance();
            Does = setPoint;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task CallAsync(string call, CancellationToken cancellationToken)
    {
        if (Before is { } before)
        {
            await before(call, cancellationToken);
        }
    }

    private void Advance()
    {
        double seconds = (lab.GetUtcNow() - _at).TotalSeconds;
        _at = lab.GetUtcNow();
        while (seconds > 0)
        {
            double stride = Math.Min(seconds, LongestStride);
            _now = _cell.Advance(Does, stride);
            AmpereHours += _now.Amperes * stride / 3600;
            HighestVolts = Math.Max(HighestVolts, _now.Volts);
            LowestVolts = Math.Min(LowestVolts, _now.Volts);
            seconds -= stride;
        }
    }
}
