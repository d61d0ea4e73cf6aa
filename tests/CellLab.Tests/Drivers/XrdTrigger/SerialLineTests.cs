using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.XrdTrigger;
using CellLab.TestKit.Time;
using CellLab.TestKit.Waiting;
using CellLab.Transport;
using CellLab.Transport.Serial;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Drivers.XrdTrigger;

/// <summary>RTS as the trigger and CTS as busy, on a port whose lines are variables; a pseudo-terminal has none.</summary>
public sealed class SerialLineTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task Rts_is_high_for_the_pulse_alone_and_dtr_never()
    {
        await using var bench = new Port();
        await bench.Device.ConnectAsync(s_none);
        bench.Wall.Advance(TimeSpan.FromSeconds(2));

        Task<TriggerReceipt> firing = bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        bool during = bench.State.Rts;
        await Eventually.TrueAsync(() => bench.Wall.ArmedTimers > 0, "the pulse's timer");
        bench.Wall.Advance(TimeSpan.FromSeconds(0.5));
        TriggerReceipt receipt = await firing;

        Assert.True(during);
        Assert.False(bench.State.Rts);
        Assert.Equal(PulseOutcome.Answered, receipt.Outcome);
        Assert.Equal(["rts off", "rts on", "rts off"], bench.Moves);
        Assert.Contains("rts=off&dtr=off", bench.Opened!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Releasing_ends_a_pulse_early()
    {
        await using var bench = new Port();
        await bench.Device.ConnectAsync(s_none);
        bench.Wall.Advance(TimeSpan.FromSeconds(2));
        Task<TriggerReceipt> firing = bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);

        await bench.Trigger.ReleaseAsync(s_none);

        Assert.Contains("released", (await firing).Note, StringComparison.Ordinal);
        Assert.False(bench.State.Rts);
    }

    [Fact]
    public async Task Busy_is_not_believed_and_nothing_fires_in_the_first_two_seconds()
    {
        await using var bench = new Port();
        await bench.Device.ConnectAsync(s_none);
        bench.State = bench.State with { Cts = true };
        bool? early = (await bench.Trigger.ReadAsync(s_none)).Busy;
        await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none));
        bench.Wall.Advance(TimeSpan.FromSeconds(2));

        bool? late = (await bench.Trigger.ReadAsync(s_none)).Busy;
        var busy = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Trigger.FireAsync(new TriggerRequest("R1-0001"), s_none));

        Assert.Equal((false, true), (early, late));
        Assert.Contains("is busy", busy.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("rts on", bench.Moves);
    }

    [Fact]
    public async Task A_port_without_lines_is_refused()
    {
        await using var bench = new Port { Exist = false };

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => bench.Device.ConnectAsync(s_none));

        Assert.Contains("has no control lines", fault.Message, StringComparison.Ordinal);
    }

    private sealed class Port : IConnector, ISerialConnection, IModemLines
    {
        public Port()
        {
            var clocks = new Clocks(new LabClock(FixedLabTime.RealTime, Wall), Wall);
            Dictionary<string, string?> entry = new()
            {
                ["d:id"] = "xrd1", ["d:profile"] = "serial-line", ["d:connection:kind"] = "serial", ["d:connection:path"] = "/dev/ttyS9", ["d:settings:busy_line"] = "cts",
            };
            DeviceSetup setup = DeviceSetup.From(new ConfigurationBuilder().AddInMemoryCollection(entry).Build().GetSection("d")) with { Connector = this };
            Device = new XrdTriggerModule().Create(setup, clocks, NullLoggerFactory.Instance);
            Trigger = (ITriggerOutput)Device;
        }

        public ManualTimeProvider Wall { get; } = new();

        public IDevice Device { get; }

        public ITriggerOutput Trigger { get; }

        public Uri? Opened { get; private set; }

        public ModemLineState State { get; set; }

        public List<string> Moves { get; } = [];

        public bool Exist { get; init; } = true;

        public IModemLines Lines => this;

        public Uri Address => Opened!;

        public Stream Stream => Stream.Null;

        public Task<IConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
        {
            Opened = address;
            return Task.FromResult<IConnection>(this);
        }

        public ValueTask SetAsync(bool? rts, bool? dtr, CancellationToken cancellationToken)
        {
            State = State with { Rts = rts ?? State.Rts, Dtr = dtr ?? State.Dtr };
            Moves.Add(rts is bool on ? $"rts {(on ? "on" : "off")}" : "dtr");
            return ValueTask.CompletedTask;
        }

        public ValueTask<ModemLineState> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(State);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
