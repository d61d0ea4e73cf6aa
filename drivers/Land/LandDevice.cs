using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Drivers.Land.Following;
using Microsoft.Extensions.Logging;

namespace CellLab.Drivers.Land;

/// <summary>A LAND tester, watched through the data files of its monitor program. It can only be watched: a person starts and stops its tests.</summary>
public sealed class LandDevice : IDevice, IChannelBank, IOperatedTester, IProbe
{
    private readonly LandOptions _options;
    private readonly ILogger _logger;
    private readonly bool _simulated;
    private readonly LandShelf _shelf;
    private readonly LandWatch _watch;
    private readonly LandStates _states;
    private readonly LandFollower _follower;
    private readonly Lock _gate = new();
    private bool _connected;
    private bool _warned;

    public LandDevice(DeviceId id, LandOptions options, Clocks clocks, ILogger<LandDevice> logger, bool simulated)
    {
        Id = id;
        (_options, _logger, _simulated) = (options, logger, simulated);
        _watch = new LandWatch(clocks);
        _shelf = new LandShelf(new LandFolder(id, options), _watch, (file, problem) => Log.Unreadable(_logger, Id, file.Name, problem));
        _states = new LandStates(id, options, _watch, clocks);
        _follower = new LandFollower(options, _watch, clocks);
        Channels = [.. options.Channels.Select(channel => new ChannelAddress(id, channel))];
    }

    public DeviceId Id { get; }

    public IReadOnlyList<ChannelAddress> Channels { get; }

    public TimeSpan PollInterval => _options.PollInterval;

    public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken) => LookAsync(
        tests =>
        {
            _connected = true;
            Log.Connected(_logger, Id, _options.Folder, tests.Count, Channels.Count);
            if (!_simulated && !_warned)
            {
                _warned = true;
                Log.NotVerified(_logger, Id);
            }

            return LandProbe.Identify(tests);
        },
        cancellationToken);

    public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
        where TCapability : class
    {
        capability = this as TCapability;
        return capability is not null;
    }

    public Task<ChannelStatus> InspectAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        LookAsync(tests => _states.Of(channel.Channel, Of(tests, channel.Channel)), cancellationToken);

    public Task<BankReading> PollAsync(IReadOnlyList<ChannelCursor> cursors, CancellationToken cancellationToken) =>
        _connected
            ? LookAsync(tests => Turn(tests, cursors), cancellationToken)
            : Task.FromException<BankReading>(new DeviceFaultException(FaultKind.Unreachable, Id, "the folder has not been opened yet"));

    public IReadOnlyList<string> Check(ChannelAddress channel, CellProgram program) => LandTasks.Problems(program);

    public string StartTask(ChannelAddress channel, CellProgram program, string barcode) => LandTasks.Start(channel, program, barcode);

    public string StopTask(ChannelAddress channel) => string.Create(
        CultureInfo.InvariantCulture,
        $"stop {channel.Channel} in the LAND monitor program; it is confirmed when the data file has not grown for {_options.Quiet.TotalSeconds:0} s");

    public Task<ProbeReport> ProbeAsync(CancellationToken cancellationToken) => LookAsync(
        tests => LandProbe.Report(tests, [.. _options.Channels.Select(channel => _states.Of(channel, Of(tests, channel)))], _options), cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private BankReading Turn(IReadOnlyDictionary<string, IReadOnlyList<LandTest>> tests, IReadOnlyList<ChannelCursor> cursors)
    {
        FollowedReading[] followed = [.. cursors.Select(cursor => _follower.Turn(cursor, Of(tests, cursor.Channel.Channel)))];
        return new BankReading([.. _options.Channels.Select(channel => _states.Of(channel, Of(tests, channel)))], followed);
    }

    /// <summary>A share that is away can block for minutes: nobody who waits for this device may hang with it.</summary>
    private Task<T> LookAsync<T>(Func<IReadOnlyDictionary<string, IReadOnlyList<LandTest>>, T> use, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            lock (_gate)
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    return use(_shelf.Look());
                }
                catch (DeviceFaultException)
                {
                    _connected = false;
                    throw;
                }
            }
        },
        cancellationToken).WaitAsync(cancellationToken);

    private static IReadOnlyList<LandTest> Of(IReadOnlyDictionary<string, IReadOnlyList<LandTest>> tests, string channel) =>
        tests.TryGetValue(channel, out IReadOnlyList<LandTest>? found) ? found : [];
}
