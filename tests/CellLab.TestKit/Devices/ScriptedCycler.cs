using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Programs;

namespace CellLab.TestKit.Devices;

/// <summary>An instrument in memory for tests of what stands above a driver. It keeps the promises of the device contracts; a test bends them
/// through the hooks. It outlives a "restart" of the Engine like a real one.</summary>
public sealed class ScriptedCycler(string id, params string[] channels) : IDevice, IChannelBank, IProgramRunner, ISafeState, IInstrumentClock
{
    private readonly Dictionary<ChannelAddress, ScriptedChannel> _channels = channels
        .Select(name => new ChannelAddress(new DeviceId(id), name))
        .ToDictionary(address => address, address => new ScriptedChannel(address));

    public DeviceId Id { get; } = new(id);

    public IReadOnlyList<ChannelAddress> Channels => [.. _channels.Keys];

    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Thrown by every exchange while set.</summary>
    public DeviceFaultException? Broken { get; set; }

    /// <summary>Awaited at the head of every poll, with the poll's token.</summary>
    public Func<CancellationToken, Task>? BeforePoll { get; set; }

    /// <summary>Called in place of the start's usual end, after the instrument has begun (or instead, when it throws first).</summary>
    public Action<ScriptedChannel>? OnStart { get; set; }

    public Func<ScriptedChannel, Task>? OnStop { get; set; }

    /// <summary>What its clock tells; null for an instrument that tells none.</summary>
    public Func<ClockReading>? Clock { get; set; }

    public Func<ChannelCursor, FollowOutcome?>? Outcome { get; set; }

    public ScriptedChannel this[string channel] => _channels[new ChannelAddress(Id, channel)];

    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        return Task.FromResult(new DeviceIdentity("scripted", id, "1"));
    }

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = typeof(TCapability) == typeof(IInstrumentClock) && Clock is null ? null : this as TCapability;
        return capability is not null;
    }

    public Task<ChannelStatus> InspectAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        return Task.FromResult(_channels[channel].Status());
    }

    public async Task<BankReading> PollAsync(IReadOnlyList<ChannelCursor> cursors, CancellationToken cancellationToken)
    {
        if (BeforePoll is { } wait)
        {
            await wait(cancellationToken);
        }

        ThrowIfBroken();
        return new BankReading([.. _channels.Values.Select(channel => channel.Status())], [.. cursors.Select(Follow)]);
    }

    public Task<ClockReading> ReadClockAsync(CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        return Task.FromResult(Clock!());
    }

    public IReadOnlyList<string> Check(ChannelAddress channel, CellProgram program) => [];

    public Task<ChannelStatus> StartAsync(ChannelAddress channel, CellProgram program, string barcode, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        ScriptedChannel place = _channels[channel];
        if (place.State is ChannelState.Running or ChannelState.Paused)
        {
            throw new DeviceFaultException(FaultKind.Rejected, Id, $"{channel} is busy");
        }

        place.Program = program;
        place.Begin(barcode);
        OnStart?.Invoke(place);
        return Task.FromResult(place.Status());
    }

    public async Task<ChannelStatus> StopAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        ScriptedChannel place = _channels[channel];
        if (OnStop is { } hook)
        {
            await hook(place);
        }

        ThrowIfBroken();
        place.Stop();
        return place.Status();
    }

    public Task<bool> PauseAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        _channels[channel].State = ChannelState.Paused;
        return Task.FromResult(true);
    }

    public Task<ChannelStatus> ContinueAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        _channels[channel].State = ChannelState.Running;
        return Task.FromResult(_channels[channel].Status());
    }

    public Task OpenCircuitAsync(ChannelAddress channel, CancellationToken cancellationToken) => StopAsync(channel, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private FollowedReading Follow(ChannelCursor cursor)
    {
        ScriptedChannel place = _channels[cursor.Channel];
        long last = cursor.ResumeToken is null ? 0 : long.Parse(cursor.ResumeToken, CultureInfo.InvariantCulture);
        var records = place.TestId == cursor.TestId ? place.After(last) : [];
        string token = records.Count > 0 ? records[^1].RecordNumber.ToString(CultureInfo.InvariantCulture) : cursor.ResumeToken ?? "0";
        return new FollowedReading(cursor.Channel, Outcome?.Invoke(cursor) ?? Usual(place, cursor), records, [], [], token, false);
    }

    private static FollowOutcome Usual(ScriptedChannel place, ChannelCursor cursor) => place.State switch
    {
        _ when place.TestId != cursor.TestId => FollowOutcome.Overrun,
        ChannelState.Finished => FollowOutcome.Complete,
        ChannelState.Stopped or ChannelState.Protected => FollowOutcome.EndedEarly,
        ChannelState.Unknown => FollowOutcome.Away,
        _ => FollowOutcome.Following,
    };

    private void ThrowIfBroken()
    {
        if (Broken is { } fault)
        {
            throw fault;
        }
    }
}
