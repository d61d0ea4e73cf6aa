using CellLab.Core.Devices;

namespace CellLab.ContractTests.Contracts;

/// <summary>What drives a cell can be brought to open circuit, from wherever it is.</summary>
public abstract class SafeStateContract
{
    protected abstract Task<InstrumentBench> CreateBenchAsync();

    [Theory]
    [InlineData("at rest")]
    [InlineData("running")]
    [InlineData("paused")]
    [InlineData("not connected")]
    public async Task Open_circuit_is_reached_from_every_state(string from)
    {
        await using InstrumentBench bench = await CreateBenchAsync();
        IDevice device = await bench.CreateConnectedAsync();
        (IProgramRunner runner, IChannelBank bank, ISafeState safe) = Capabilities(device);
        if (from != "at rest")
        {
            await runner.StartAsync(bench.Channel, bench.LongProgram, "S1_00000001", CancellationToken.None);
        }

        if (from == "paused")
        {
            await runner.PauseAsync(bench.Channel, CancellationToken.None);
        }

        if (from == "not connected")
        {
            await device.DisposeAsync();
            device = bench.Create();
            (runner, bank, safe) = Capabilities(device);
        }

        await safe.OpenCircuitAsync(bench.Channel, CancellationToken.None);

        ChannelStatus after = await bank.InspectAsync(bench.Channel, CancellationToken.None);
        Assert.Contains(after.State, new[] { ChannelState.Idle, ChannelState.Finished, ChannelState.Stopped });
        Assert.Equal(0, after.CurrentAmperes);
    }

    private static (IProgramRunner Runner, IChannelBank Bank, ISafeState Safe) Capabilities(IDevice device) =>
        device.TryGet(out IProgramRunner? runner) && device.TryGet(out IChannelBank? bank) && device.TryGet(out ISafeState? safe)
            ? (runner, bank, safe)
            : throw new InvalidOperationException("not an instrument that drives cells");
}
