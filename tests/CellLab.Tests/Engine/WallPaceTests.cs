using System.Diagnostics.CodeAnalysis;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Engine.Setup;
using CellLab.Engine.Supervision;
using CellLab.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Engine;

/// <summary>Turns that are paced on the wall: the device says when it wants the next one.</summary>
public sealed class WallPaceTests
{
    [Fact]
    public async Task A_turn_that_becomes_due_while_it_is_looked_at_comes_at_once()
    {
        var device = new DueMeanwhile();
        var clocks = new Clocks(new LabClock(FixedLabTime.RealTime, TimeProvider.System), TimeProvider.System);
        var supervisor = new DeviceSupervisor(new DeviceRegistration(device, "Virtual", true), new EngineTimings(), clocks, new NoHandler(), NullLogger.Instance);
        using var end = new CancellationTokenSource();
        Task running = supervisor.RunAsync(end.Token);

        await Eventually.TrueAsync(() => device.Turns > 3, "the turns to go on");

        await end.CancelAsync();
        await running;
    }

    private sealed class NoHandler : ITurnHandler
    {
        public IReadOnlyList<ChannelCursor> CursorsOf(DeviceId device) => [];

        public Task HandleAsync(DeviceSupervisor supervisor, BankReading reading, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task ConnectedAsync(DeviceSupervisor supervisor, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StateChangedAsync(DeviceSupervisor supervisor) => Task.CompletedTask;
    }

    /// <summary>Two milliseconds before the next turn when it is asked first, one and a half after it when it is asked again.</summary>
    private sealed class DueMeanwhile : IDevice, IChannelBank, IWallPaced
    {
        private int _asked;

        public DeviceId Id { get; } = new("psu1");

        public int Turns { get; private set; }

        public TimeSpan UntilNextTurn => TimeSpan.FromMilliseconds(_asked++ % 2 == 0 ? 2 : -1.5);

        public IReadOnlyList<ChannelAddress> Channels => [];

        public TimeSpan PollInterval => TimeSpan.FromSeconds(1);

        public Task<DeviceIdentity> ConnectAsync(CancellationToken cancellationToken) => Task.FromResult(new DeviceIdentity("virtual", "1", "1"));

        public bool TryGet<TCapability>([NotNullWhen(true)] out TCapability? capability)
            where TCapability : class
        {
            capability = this as TCapability;
            return capability is not null;
        }

        public Task<ChannelStatus> InspectAsync(ChannelAddress channel, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BankReading> PollAsync(IReadOnlyList<ChannelCursor> cursors, CancellationToken cancellationToken)
        {
            Turns++;
            return Task.FromResult(new BankReading([], []));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
