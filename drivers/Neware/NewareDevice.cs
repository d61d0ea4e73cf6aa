using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Drivers.Neware.Control;
using CellLab.Drivers.Neware.Following;
using CellLab.Drivers.Neware.Messages;
using CellLab.Drivers.Neware.Session;
using CellLab.Drivers.Neware.StepFile;
using CellLab.Transport;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Neware;

/// <summary>A BTS 8.0 system with all its channels. Reads and commands pass through one connection in turns; a stop goes before them.</summary>
public sealed class NewareDevice : IDevice, IChannelBank, IProgramRunner, ISafeState, IProbe, IInstrumentClock
{
    private readonly NewareOptions _options;
    private readonly Clocks _clocks;
    private readonly ILogger _logger;
    private readonly bool _simulated;
    private readonly NewareSession _session;
    private readonly NewareRequests _requests;
    private readonly NewareInspector _inspector;
    private readonly NewarePoller _poller;
    private readonly NewareStarter _starter;
    private readonly NewareStopper _stopper;
    private readonly NewarePauser _pauser;
    private readonly Due _deviceListDue;
    private readonly Due _absentDue;
    private readonly ConcurrentDictionary<string, NewareChannel> _lastKnown = new(StringComparer.Ordinal);
    private bool _warned;
    private NewareRoster _roster = NewareRoster.Empty;

    public NewareDevice(DeviceId id, NewareOptions options, IConnector connector, Clocks clocks, ILogger<NewareDevice> logger, bool simulated)
    {
        Id = id;
        _options = options;
        _clocks = clocks;
        _logger = logger;
        _simulated = simulated;
        _session = new NewareSession(id, options, connector, clocks, logger);
        _requests = new NewareRequests(_session, options.Units);
        _inspector = new NewareInspector(_requests, options);
        _poller = new NewarePoller(_requests, options, clocks);
        var stops = new StopOrders();
        _starter = new NewareStarter(_requests, _inspector, new StepFileStore(id, options, clocks), stops, options, clocks, logger);
        _stopper = new NewareStopper(_session, stops, options, clocks, logger);
        _pauser = new NewarePauser(_requests, _inspector, options, clocks);
        _deviceListDue = new Due(clocks, options.DeviceListInterval, TimeSpan.FromSeconds(5));
        _absentDue = new Due(clocks, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1));
    }

    public DeviceId Id { get; }

    public IReadOnlyList<ChannelAddress> Channels => _roster.Addresses;

    public TimeSpan PollInterval =>
        _options.InquireInterval < _options.CountInterval ? _options.InquireInterval : _options.CountInterval;

    public async Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken)
    {
        await _session.OpenAsync(cancellationToken);
        DeviceList list = await ReadDeviceListAsync(cancellationToken);
        _poller.ForgetAll();
        Log.Connected(_logger, Id, list.ClientVersion ?? "BTS client of unknown version", _roster.Online.Count);
        if (!_simulated && !_warned)
        {
            _warned = true;
            Log.NotVerified(_logger, Id, list.ClientVersion ?? "of unknown version");
        }

        return new DeviceIdentity("NEWARE BTS 8.0", null, list.ClientVersion ?? list.ServerVersion);
    }

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public async Task<BankReading> PollAsync(IReadOnlyList<ChannelCursor> cursors, CancellationToken cancellationToken)
    {
        _session.RequireOpen();
        bool someAbsent = _roster.AbsentAddresses.Count > 0 || cursors.Any(c => _roster.Find(c.Channel) is null);
        if (_deviceListDue.Take() || (someAbsent && _absentDue.Take()))
        {
            await ReadDeviceListAsync(cancellationToken);
        }

        return await _poller.TurnAsync(_roster, cursors, cancellationToken);
    }

    public Task<ChannelStatus> InspectAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        _roster.Find(channel) is { } known
            ? _inspector.InspectAsync(channel, known, cancellationToken)
            : Task.FromResult(new ChannelStatus(channel, ChannelState.Unknown, "absent", _clocks.Lab.GetUtcNow()));

    public IReadOnlyList<string> Check(ChannelAddress channel, CellProgram program) => NewareStepFile.Problems(program);

    public async Task<ChannelStatus> StartAsync(
        ChannelAddress channel, CellProgram program, string barcode, CancellationToken cancellationToken)
    {
        try
        {
            return await _starter.StartAsync(channel, Known(channel), program, barcode, cancellationToken);
        }
        finally
        {
            _poller.Forget(channel);
        }
    }

    public async Task<ChannelStatus> StopAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        try
        {
            return await _stopper.StopAsync(channel, await KnownForStopAsync(channel, cancellationToken), cancellationToken);
        }
        finally
        {
            _poller.Forget(channel);
        }
    }

    public async Task<bool> PauseAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        try
        {
            return await _pauser.PauseAsync(channel, Known(channel), cancellationToken);
        }
        finally
        {
            _poller.LookAgain();
        }
    }

    public async Task<ChannelStatus> ContinueAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        try
        {
            return await _pauser.ContinueAsync(channel, Known(channel), cancellationToken);
        }
        finally
        {
            _poller.LookAgain();
        }
    }

    /// <summary>A stopped channel opens its relay.</summary>
    public Task OpenCircuitAsync(ChannelAddress channel, CancellationToken cancellationToken) => StopAsync(channel, cancellationToken);

    public Task<ProbeReport> ProbeAsync(CancellationToken cancellationToken) =>
        new NewareProbe(_requests, _options, _clocks).ProbeAsync(_roster, cancellationToken);

    public async Task<ClockReading> ReadClockAsync(CancellationToken cancellationToken) => await new NewareClock(_requests, _options).ReadAsync(
        _roster, await _requests.PresentAsync(_roster.Online, cancellationToken), cancellationToken);

    /// <summary>Lights the channel's lamp, or puts it out, so that a person finds it.</summary>
    public Task LightAsync(ChannelAddress channel, bool on, CancellationToken cancellationToken) =>
        CommandAsync(ChannelCommandMessage.Light, channel, on, cancellationToken);

    /// <summary>Ends the channel's buzzer and alarm mark.</summary>
    public Task ClearFlagAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        CommandAsync(ChannelCommandMessage.ClearFlag, channel, true, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _starter.Dispose();
    }

    private async Task CommandAsync(string command, ChannelAddress channel, bool value, CancellationToken cancellationToken)
    {
        NewareChannel known = Known(channel);
        string answer = await _requests.CommandAsync(command, ChannelCommandMessage.Write(command, known, value), known, cancellationToken);
        if (answer == NewareProtocol.Refused)
        {
            throw new DeviceFaultException(FaultKind.Rejected, Id, $"{channel}: the BTS refused {command}");
        }
    }

    private async Task<DeviceList> ReadDeviceListAsync(CancellationToken cancellationToken)
    {
        DeviceList list = await _requests.DevicesAsync(cancellationToken);
        Adopt(list);
        return list;
    }

    private void Adopt(DeviceList list)
    {
        NewareRoster roster = NewareRoster.From(Id, _options, list);
        if (roster.AbsentAddresses.Count > 0 && !roster.AbsentAddresses.SequenceEqual(_roster.AbsentAddresses))
        {
            Log.ChannelsAbsent(_logger, Id, string.Join(", ", roster.AbsentAddresses.Select(a => a.Channel)));
        }

        foreach (NewareChannel channel in roster.Online)
        {
            _lastKnown[channel.Name.ToString()] = channel;
        }

        _roster = roster;
    }

    /// <summary>A stop must also work before the first connect and for a channel that has left the list: the last known address serves.</summary>
    private async Task<NewareChannel> KnownForStopAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        if ((_roster.Find(channel) ?? _lastKnown.GetValueOrDefault(channel.Channel)) is { } known)
        {
            return known;
        }

        using IDisposable first = _session.BeginUrgentConversation();
        Reply<DeviceList> reply = await _session.AskUrgentlyAsync(
            DeviceListMessage.Command, DeviceListMessage.Write(), DeviceListMessage.Read, _options.ConfirmTimeout, cancellationToken);
        Adopt(reply.Value);
        return Known(channel);
    }

    private NewareChannel Known(ChannelAddress channel) => _roster.Find(channel) ?? throw new DeviceFaultException(
        FaultKind.Rejected, Id, $"{channel}: the BTS reports no such channel; it reports {string.Join(", ", _roster.Online.Take(16))}");
}
