using System.Threading.Channels;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Engine.Setup;
using Microsoft.Extensions.Logging;
using Polly;

namespace CellLab.Engine.Supervision;

/// <summary>Keeps one device connected and gives turns on it: one task, commands before polls, and a way for a stop to overtake both.</summary>
internal sealed class DeviceSupervisor
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);

    private readonly Channel<LaneCommand> _lane = Channel.CreateUnbounded<LaneCommand>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Overtaking _overtaking = new();
    private readonly DeviceRegistration _registration;
    private readonly Clocks _clocks;
    private readonly ITurnHandler _handler;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _reconnect;
    private readonly EngineTimings _timings;
    private readonly DeviceHealth _health;
    private int _brokenTurns;

    public DeviceSupervisor(DeviceRegistration registration, EngineTimings timings, Clocks clocks, ITurnHandler handler, ILogger logger)
    {
        (_registration, _clocks, _handler, _logger, _timings) = (registration, clocks, handler, logger, timings);
        _health = new DeviceHealth(registration.Device, timings.HealthInterval, clocks.Wall);
        _reconnect = ReconnectPolicy.Create(timings, clocks.Wall, FaultedAsync);
    }

    public DeviceId Id => _registration.Device.Id;

    public string Driver => _registration.Driver;

    public bool Simulated => _registration.Simulated;

    public DeviceState State { get; private set; } = DeviceState.Disconnected;

    public DeviceIdentity? Identity { get; private set; }

    public string? LastError { get; private set; }

    public IReadOnlyList<ChannelAddress> Channels =>
        _registration.Device.TryGet<IChannelBank>(out var bank) ? bank.Channels : [];

    public TCapability? Capability<TCapability>()
        where TCapability : class => _registration.Device.TryGet<TCapability>(out var capability) ? capability : null;

    /// <summary>Runs a command in its turn.</summary>
    /// <exception cref="DeviceFaultException">Unreachable at once when the device is not connected.</exception>
    public async Task<T> RunAsync<T>(Func<IDevice, CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        if (State is not (DeviceState.Online or DeviceState.Degraded))
        {
            throw NotConnected();
        }

        var command = new LaneCommand<T>(action, cancellationToken);
        _lane.Writer.TryWrite(command);
        return await command.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>One turn as soon as the device is free, its news stored.</summary>
    public Task<bool> TurnNowAsync(CancellationToken cancellationToken) => RunAsync((_, token) => TurnAsync(token), cancellationToken);

    /// <summary>Runs something on the device's own task, at a place where it has the device to itself.</summary>
    public Task WithDeviceAsync(Func<IDevice, Task> action) => action(_registration.Device);

    /// <summary>Runs a stop at once: the turn under way is called off, no new one begins before the stop is done.</summary>
    public Task<T> OvertakeAsync<T>(Func<IDevice, Task<T>> action) => _overtaking.RunAsync(() => action(_registration.Device));

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await _reconnect.ExecuteAsync(ConnectAsync, stopping);
                await ServeAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (DeviceFaultException fault)
            {
                await FaultedAsync(fault);
            }
#pragma warning disable CA1031 // a defect in one driver must not end the supervision of its device
            catch (Exception unexpected)
#pragma warning restore CA1031
            {
                Log.DeviceTaskFailed(_logger, Id, unexpected);
                await FaultedAsync(new DeviceFaultException(FaultKind.Protocol, Id, unexpected.Message, unexpected));
            }

            await CoolDownAsync(stopping);
        }

        State = DeviceState.Disconnected;
        FailWaitingCommands();
    }

    private async ValueTask ConnectAsync(CancellationToken cancellationToken)
    {
        if (State == DeviceState.Disconnected)
        {
            await EnterAsync(DeviceState.Connecting);
        }

        await _overtaking.WaitUntilClearAsync(cancellationToken);
        Identity = await EngineTracing.DeviceAsync("device connect", Id, () => _registration.Device.ConnectAsync(cancellationToken), ("celllab.driver", Driver));
        LastError = null;
        await EnterAsync(DeviceState.Online);
        Log.DeviceOnline(_logger, Id, Identity.Model, Identity.Firmware ?? "firmware not told");
        await _handler.ConnectedAsync(this, cancellationToken);
    }

    private async Task ServeAsync(CancellationToken stopping)
    {
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            await _overtaking.WaitUntilClearAsync(stopping);
            if (_lane.Reader.TryRead(out var command))
            {
                await command.RunAsync(_registration.Device, stopping);
                _health.Talked();
                continue;
            }

            if (!await TurnAsync(stopping))
            {
                await IdleAsync(stopping);
            }
        }
    }

    /// <returns>Whether more records wait.</returns>
    private async Task<bool> TurnAsync(CancellationToken stopping)
    {
        if (!_registration.Device.TryGet<IChannelBank>(out var bank))
        {
            await LookAsync(stopping);
            return false;
        }

        BankReading reading;
        using (var turn = _overtaking.BeginTurn(stopping))
        {
            try
            {
                reading = await bank.PollAsync(_handler.CursorsOf(Id), turn.Token);
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                return true; // overtaken by a stop; the same cursors are asked again after it
            }
        }

        _brokenTurns = 0;
        await _handler.HandleAsync(this, reading, stopping);
        return reading.Followed.Any(followed => followed.More);
    }

    /// <summary>A device that answers and refuses, or reports errors, is there, but not well.</summary>
    private async Task LookAsync(CancellationToken stopping)
    {
        if (!_health.IsDue)
        {
            return;
        }

        LastError = await _health.LookAsync(stopping);
        _brokenTurns = LastError is null ? 0 : _brokenTurns;
        await EnterAsync(LastError is null ? DeviceState.Online : DeviceState.Degraded);
    }

    private async Task IdleAsync(CancellationToken stopping)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task pause = _registration.Device.TryGet<IWallPaced>(out var paced)
            ? Task.Delay(Longer(paced.UntilNextTurn, ShortestPause), _clocks.Wall, woken.Token)
            : _registration.Device.TryGet<IChannelBank>(out var bank)
                ? Task.Delay(bank.PollInterval, _clocks.Lab, woken.Token)
                : Task.Delay(_timings.HealthInterval, _clocks.Wall, woken.Token);
        Task command = _lane.Reader.WaitToReadAsync(woken.Token).AsTask();
        await Task.WhenAny(pause, command);
        await woken.CancelAsync();
        stopping.ThrowIfCancellationRequested();
    }

    /// <summary>A time that runs is asked for once: read again, it may lie in the past, and a wait of minus one millisecond has no end.</summary>
    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private async ValueTask FaultedAsync(DeviceFaultException fault)
    {
        LastError = fault.Message;
        Log.DeviceFault(_logger, Id, fault.Kind, fault.Message);
        await EnterAsync(fault.IsTransient ? DeviceState.Disconnected : DeviceState.Faulted);
        FailWaitingCommands();
    }

    /// <summary>A device that connects but breaks at every turn must not be asked without end.</summary>
    private async Task CoolDownAsync(CancellationToken stopping)
    {
        if (_brokenTurns++ == 0 || stopping.IsCancellationRequested)
        {
            return; // the first reconnect goes at once
        }

        double seconds = Math.Min(_timings.MaxReconnectDelay.TotalSeconds, 0.1 * Math.Pow(2, Math.Min(_brokenTurns, 10)));
        await Task.Delay(TimeSpan.FromSeconds(seconds), _clocks.Wall, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task EnterAsync(DeviceState state)
    {
        if (State != state)
        {
            State = state;
            await _handler.StateChangedAsync(this);
        }
    }

    private void FailWaitingCommands()
    {
        while (_lane.Reader.TryRead(out var command))
        {
            command.Fail(NotConnected());
        }
    }

    private DeviceFaultException NotConnected() => new(
        FaultKind.Unreachable, Id, $"is not connected{(LastError is null ? "" : $" (last error: {LastError})")}; check its power, cable and program, it is tried again by itself");
}
