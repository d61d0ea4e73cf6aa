using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;

namespace CellLab.TestKit.Devices;

/// <summary>A diffractometer in memory: exposes for so long after each pulse, unless a test bends it.</summary>
public sealed class ScriptedTrigger(string id, TimeProvider lab) : IDevice, ITriggerOutput
{
    private readonly Lock _lock = new();
    private readonly List<string> _fired = [];
    private DateTimeOffset _busyFrom = DateTimeOffset.MinValue;
    private DateTimeOffset _busyUntil = DateTimeOffset.MinValue;

    public DeviceId Id { get; } = new(id);

    public ChannelAddress Channel => new(Id, "trigger");

    public TriggerTraits Traits { get; } = new(TriggerAcknowledgement.Busy, TellsReady: true, TimeSpan.FromMilliseconds(100));

    public TimeSpan Exposure { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The exposure that runs is over now.</summary>
    public void EndExposure()
    {
        lock (_lock)
        {
            _busyUntil = lab.GetUtcNow();
        }
    }

    /// <summary>No exposure follows a pulse.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Awaited in the middle of a pulse, before its answer.</summary>
    public Func<TriggerRequest, Task>? OnPulse { get; set; }

    /// <summary>Thrown by every exchange while set.</summary>
    public DeviceFaultException? Broken { get; set; }

    public int Released { get; private set; }

    public IReadOnlyList<string> Fired
    {
        get
        {
            lock (_lock)
            {
                return [.. _fired];
            }
        }
    }

    /// <summary>The true times of the last exposure.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Exposed => (_busyFrom, _busyUntil);

    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken) => Answer(new DeviceIdentity("scripted diffractometer", id, "1"));

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public Task<TriggerArming> ArmAsync(TriggerRun run, CancellationToken cancellationToken) => Answer(new TriggerArming(Exposure));

    public async Task<TriggerReceipt> FireAsync(TriggerRequest request, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        DateTimeOffset sent = lab.GetUtcNow();
        lock (_lock)
        {
            _fired.Add(request.Id);
            (_busyFrom, _busyUntil) = IsDeaf ? (_busyFrom, _busyUntil) : (sent, sent + Exposure);
        }

        if (OnPulse is { } hook)
        {
            await hook(request);
        }

        return new TriggerReceipt(request.Id, PulseOutcome.Answered, sent, lab.GetUtcNow(), TimeSpan.FromMilliseconds(5));
    }

    public Task<TriggerReading> ReadAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = lab.GetUtcNow();
        bool busy = now >= _busyFrom && now < _busyUntil;
        return Answer(new TriggerReading(now, !busy, busy, Output: false));
    }

    public Task ReleaseAsync(CancellationToken cancellationToken)
    {
        Released++;
        return Answer(true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> Answer<T>(T answer)
    {
        ThrowIfBroken();
        return Task.FromResult(answer);
    }

    private void ThrowIfBroken()
    {
        if (Broken is { } fault)
        {
            throw fault;
        }
    }
}
