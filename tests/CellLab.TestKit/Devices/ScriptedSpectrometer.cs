using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;

namespace CellLab.TestKit.Devices;

/// <summary>A mass spectrometer in memory: while a plan runs, every poll brings one pass, stamped by the given clock.</summary>
public sealed class ScriptedSpectrometer(string id, TimeProvider clock) : IDevice, IGasAnalyzer
{
    private IonPlan? _plan;
    private long _passes;

    public DeviceId Id { get; } = new(id);

    public ChannelAddress Channel => new(Id, "gas");

    public TimeSpan PollInterval => TimeSpan.FromMilliseconds(5);

    /// <summary>Thrown by every exchange while set.</summary>
    public DeviceFaultException? Broken { get; set; }

    /// <summary>Thrown by every poll while set, as no driver should.</summary>
    public Exception? Defect { get; set; }

    /// <summary>It answers polls, but no pass is ever whole.</summary>
    public bool IsEmpty { get; set; }

    public bool EmissionOn { get; set; } = true;

    public IReadOnlyList<string> Errors { get; set; } = [];

    /// <summary>The errors are of the past: the next emission clears them.</summary>
    public bool IsMended { get; set; }

    /// <summary>With which gauge reading the emission was switched on.</summary>
    public double? LitAtPascals { get; private set; }

    public IonPlan? Plan => _plan;

    public int Plans { get; private set; }

    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken) => Answer(new DeviceIdentity("scripted spectrometer", id, "1"));

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public Task<GasAnalyzerStatus> InspectAsync(CancellationToken cancellationToken) =>
        Answer(new GasAnalyzerStatus(EmissionOn, null, null, null, null, 100, _plan is not null, Errors));

    public async Task SwitchOnAsync(double chamberPascals, CancellationToken cancellationToken)
    {
        await Answer(true);
        (EmissionOn, LitAtPascals) = (true, chamberPascals);
        Errors = [.. Errors.Where(_ => !IsMended)];
    }

    public async Task SwitchOffAsync(CancellationToken cancellationToken)
    {
        await Answer(true);
        (EmissionOn, _plan) = (false, null);
    }

    public async Task StartAsync(IonPlan plan, CancellationToken cancellationToken)
    {
        await Answer(true);
        Shine();
        (_plan, _passes) = (plan, 0);
        Plans++;
    }

    public async Task<IonPoll> PollAsync(CancellationToken cancellationToken)
    {
        await Answer(true);
        if (Defect is { } defect)
        {
            throw defect;
        }

        if (IsEmpty)
        {
            return new IonPoll([], []);
        }

        Shine();
        IonPlan plan = _plan ?? throw new DeviceFaultException(FaultKind.Rejected, Id, "no plan runs");
        return new IonPoll([new IonPass(++_passes, [.. plan.Masses.Select(mass => new IonReading(mass, mass * 1e-12, clock.GetUtcNow()))], "faraday", "NF 4", null)], []);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Answer(true);
        _plan = null;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Shine()
    {
        if (!EmissionOn)
        {
            _plan = null;
            throw new DeviceFaultException(FaultKind.Rejected, Id, $"the emission is off: {string.Join("; ", Errors)}");
        }
    }

    private Task<T> Answer<T>(T answer) => Broken is { } fault ? Task.FromException<T>(fault) : Task.FromResult(answer);
}
