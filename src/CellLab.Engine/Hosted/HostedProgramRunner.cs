using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Engine.Supervision;
using Microsoft.Extensions.Logging;

namespace CellLab.Engine.Hosted;

/// <summary>Makes a source-meter look like an instrument that runs programs by itself: the service steps them in its turns, with the machine that the
/// dry run plays. So everything above (records, leases, limits, alarms, stops) is the same for both kinds. What is different is said by
/// docs/reference/service-stepped-cells.md: nobody steps the cell when the service does not.</summary>
public sealed class HostedProgramRunner(IDevice inner, ISourceMeter outputs, HostedTimings timings, Clocks clocks, ILogger logger)
    : IDevice, IChannelBank, IProgramRunner, ISafeState, IWallPaced
{
    private readonly ConcurrentDictionary<ChannelAddress, HostedChannel> _channels = new();

    public DeviceId Id => inner.Id;

    public IReadOnlyList<ChannelAddress> Channels => outputs.Outputs;

    public TimeSpan PollInterval => TimeSpan.FromSeconds(1);

    public TimeSpan UntilNextTurn => _channels.IsEmpty ? timings.ShortestIdleOnWall : _channels.Values.Min(channel => channel.UntilNextLook);

    /// <summary>The device as it is where it offers no source-meter.</summary>
    public static IDevice Over(IDevice device, HostedTimings timings, Clocks clocks, ILoggerFactory loggers) =>
        device.TryGet<ISourceMeter>(out var outputs) && !device.TryGet<IProgramRunner>(out _)
            ? new HostedProgramRunner(device, outputs, timings, clocks, loggers.CreateLogger<HostedProgramRunner>())
            : device;

    /// <summary>Every output that is not stepped at this moment is switched off and read back before anything else is done.</summary>
    /// <exception cref="DeviceFaultException">Besides the device's own: an output is not confirmed off.</exception>
    public async Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken)
    {
        DeviceIdentity identity = await inner.ConnectAsync(cancellationToken);
        DeviceFaultException? failed = null;
        foreach (ChannelAddress address in outputs.Outputs)
        {
            try
            {
                await Channel(address).ConnectedAsync(cancellationToken);
            }
            catch (DeviceFaultException fault)
            {
                failed ??= fault; // the others are switched off all the same
            }
        }

        return failed is null ? identity : throw failed;
    }

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null || inner.TryGet(out capability);
    }

    public Task<ChannelStatus> InspectAsync(ChannelAddress channel, CancellationToken cancellationToken) => Channel(channel).InspectAsync(cancellationToken);

    public async Task<BankReading> PollAsync(IReadOnlyList<ChannelCursor> cursors, CancellationToken cancellationToken)
    {
        var followed = new List<FollowedReading>(cursors.Count);
        foreach (ChannelCursor cursor in cursors)
        {
            followed.Add(await Channel(cursor.Channel).FollowAsync(cursor, cancellationToken));
        }

        foreach (ChannelAddress idle in outputs.Outputs.Except(cursors.Select(cursor => cursor.Channel)))
        {
            await Channel(idle).IdleAsync(cancellationToken);
        }

        return new BankReading([.. outputs.Outputs.Select(address => Channel(address).Status())], followed);
    }

    public IReadOnlyList<string> Check(ChannelAddress channel, CellProgram program) => HostedCheck.Problems(program, outputs.TraitsOf(channel));

    public Task<ChannelStatus> StartAsync(ChannelAddress channel, CellProgram program, string barcode, CancellationToken cancellationToken) =>
        Channel(channel).StartAsync(program, barcode, cancellationToken);

    public Task<ChannelStatus> StopAsync(ChannelAddress channel, CancellationToken cancellationToken) => Channel(channel).StopAsync(cancellationToken);

    public Task<bool> PauseAsync(ChannelAddress channel, CancellationToken cancellationToken) => Channel(channel).PauseAsync(cancellationToken);

    public Task<ChannelStatus> ContinueAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        Channel(channel).ContinueAsync(cancellationToken);

    public Task OpenCircuitAsync(ChannelAddress channel, CancellationToken cancellationToken) => StopAsync(channel, cancellationToken);

    /// <summary>Nobody steps a cell any more: what is stepped is opened first, as far as the device answers.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (HostedChannel channel in _channels.Values)
        {
            await CloseAsync(channel);
            channel.Dispose();
        }

        await inner.DisposeAsync();
    }

    /// <summary>Channels with an output that has to be opened now.</summary>
    internal IReadOnlyList<ChannelAddress> NeedOpening => [.. _channels.Where(entry => entry.Value.NeedsOpening).Select(entry => entry.Key)];

    /// <summary>Why the service holds the test on a channel; null when it does not.</summary>
    internal string? HeldBecause(ChannelAddress channel) => _channels.TryGetValue(channel, out var found) ? found.Run?.HeldBecause : null;

    internal bool IsUnconfirmed(ChannelAddress channel) => _channels.TryGetValue(channel, out var found) && found.IsUnconfirmed;

    /// <summary>It has been read back as off, and nothing is stepped on it.</summary>
    internal bool IsConfirmedOff(ChannelAddress channel) => _channels.TryGetValue(channel, out var found) && found.IsConfirmedOff;

    internal Task SecureAsync(ChannelAddress channel, string because, CancellationToken cancellationToken) =>
        Channel(channel).SecureAsync(because, cancellationToken);

    private async Task CloseAsync(HostedChannel channel)
    {
        if (channel.Run is not { IsStepping: true } && !channel.IsUnconfirmed)
        {
            return;
        }

        try
        {
            await channel.SecureAsync(HoldReasons.ServiceEnds, CancellationToken.None);
        }
        catch (DeviceFaultException fault)
        {
            Log.LeftUnconfirmed(logger, Id, fault.Message);
        }
    }

    private HostedChannel Channel(ChannelAddress address) =>
        _channels.GetOrAdd(address, added => new HostedChannel(outputs, added, timings, clocks, logger));
}
