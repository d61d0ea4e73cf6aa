using System.Net;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.XrdTrigger.Host;
using CellLab.Transport.Listeners;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.ContractTests.XrdTrigger;

/// <summary>The helper program over its socket: our driver at one end, real commands at the other.</summary>
public sealed class HelperHostTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task A_trigger_runs_the_command_once_and_names_its_file()
    {
        var go = new TaskCompletionSource();
        var orders = new List<ExposureOrder>();
        await using var bench = new Bench(async (order, _) =>
        {
            orders.Add(order);
            await go.Task;
            return new ExposureResult(null, "C:\\data\\R1 1.rasx");
        });
        ITriggerOutput trigger = await bench.ConnectAsync();
        TriggerArming arming = await trigger.ArmAsync(new TriggerRun("R1", "LMNO 10-80"), s_none);

        TriggerReceipt receipt = await trigger.FireAsync(new TriggerRequest("R1-0001", "{\"E_V\":4.1}"), s_none);
        TriggerReading during = await trigger.ReadAsync(s_none);
        await trigger.FireAsync(new TriggerRequest("R1-0001"), s_none);
        go.SetResult();
        await TriggerBench.WaitAsync(trigger, r => r is { Ready: true, LastFile: not null }, "the end of the exposure");

        Assert.Equal(TimeSpan.FromSeconds(900), arming.Exposure);
        Assert.Equal((PulseOutcome.Answered, true), (receipt.Outcome, during.Busy));
        Assert.Equal(new ExposureOrder("R1-0001", "R1", "LMNO 10-80", "{\"E_V\":4.1}"), Assert.Single(orders));
        Assert.Equal("C:\\data\\R1 1.rasx", (await trigger.ReadAsync(s_none)).LastFile);
    }

    [Fact]
    public async Task An_id_that_comes_over_a_new_driver_starts_nothing()
    {
        int runs = 0;
        await using var bench = new Bench((_, _) => Task.FromResult(new ExposureResult(null, $"{++runs}")));
        ITriggerOutput first = await bench.ConnectAsync();
        await first.ArmAsync(new TriggerRun("R1"), s_none);
        await first.FireAsync(new TriggerRequest("R1-0001"), s_none);
        await TriggerBench.WaitAsync(first, r => r.Ready == true, "the end of the exposure");

        ITriggerOutput second = await bench.ConnectAsync();
        await second.FireAsync(new TriggerRequest("R1-0001"), s_none);

        Assert.True((await second.ReadAsync(s_none)).Ready);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_real_command_gets_its_words_and_its_failure_is_told()
    {
        await using var bench = new Bench(new ExposureCommand(["/bin/sh", "-c", "echo measuring; echo \"$1 $2 $CELLLAB_META\"; exit $3", "sh", "{id}", "{program}", "0"]).RunAsync);
        ITriggerOutput trigger = await bench.ConnectAsync();
        await trigger.ArmAsync(new TriggerRun("R1", "a b"), s_none);
        await trigger.FireAsync(new TriggerRequest("R1-0001", "{}"), s_none);
        await TriggerBench.WaitAsync(trigger, r => r.LastFile is not null, "the file");
        string? file = (await trigger.ReadAsync(s_none)).LastFile;

        await using var broken = new Bench(new ExposureCommand(["/bin/sh", "-c", "echo no tube; exit 3"]).RunAsync);
        ITriggerOutput other = await broken.ConnectAsync();
        await other.ArmAsync(new TriggerRun("R1"), s_none);
        await other.FireAsync(new TriggerRequest("R1-0001"), s_none);
        await TriggerBench.WaitAsync(other, r => r.Fault is not null, "the fault");

        Assert.Equal("R1-0001 a b {}", file);
        Assert.Contains("ended with code 3; its last words: no tube", (await other.ReadAsync(s_none)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_starts_before_it_is_armed()
    {
        await using var bench = new Bench((_, _) => throw new InvalidOperationException("nothing is to be started"));
        ITriggerOutput trigger = await bench.ConnectAsync();

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => trigger.FireAsync(new TriggerRequest("R1-0001"), s_none));

        Assert.Contains("state is disarmed", fault.Message, StringComparison.Ordinal);
    }

    private sealed class Bench : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly SocketListener _listener = SocketListener.Tcp(IPAddress.Loopback, 0);
        private readonly Task _running;
        private readonly List<IDevice> _devices = [];

        public Bench(Func<ExposureOrder, CancellationToken, Task<ExposureResult>> expose)
        {
            _running = new HelperHost(_listener, new HelperHostOptions("SmartLab", TimeSpan.FromSeconds(900)), expose, TimeProvider.System).RunAsync(_end.Token);
        }

        public async Task<ITriggerOutput> ConnectAsync()
        {
            Dictionary<string, string?> entry = new()
            {
                ["d:id"] = "xrd1", ["d:profile"] = "helper", ["d:connection:host"] = "127.0.0.1", ["d:connection:port"] = $"{_listener.Address.Port}",
                ["d:settings:reply_timeout_s"] = "20", ["d:settings:minimum_gap_s"] = "0",
            };
            DeviceSetup setup = DeviceSetup.From(new ConfigurationBuilder().AddInMemoryCollection(entry).Build().GetSection("d"));
            IDevice device = DriverCatalog.Find("XrdTrigger", "d").Create(setup, Clocks.RealTime, NullLoggerFactory.Instance);
            _devices.Add(device);
            await device.ConnectAsync(s_none);
            return (ITriggerOutput)device;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (IDevice device in _devices)
            {
                await device.DisposeAsync();
            }

            await _end.CancelAsync();
            await _running;
            await _listener.DisposeAsync();
            _end.Dispose();
        }
    }
}
