using CellLab.ContractTests.Bench;
using CellLab.Core.Devices;

namespace CellLab.ContractTests.Contracts;

/// <summary>A bench whose first device is a mass spectrometer.</summary>
public sealed class GasAnalyzerBench(SimulatedBench bench) : IAsyncDisposable
{
    /// <summary>A pressure at which every source may be switched on.</summary>
    public const double GoodPascals = 1e-4;

    public SimulatedBench Bench { get; } = bench;

    public static IGasAnalyzer Analyzer(IDevice device) =>
        device.TryGet(out IGasAnalyzer? analyzer) ? analyzer : throw new InvalidOperationException("the device is no mass spectrometer");

    public async Task<IDevice> CreateConnectedAsync(bool switchOn = true)
    {
        IDevice device = Bench.CreateDevice();
        await device.ConnectAsync(CancellationToken.None);
        if (switchOn)
        {
            await Analyzer(device).SwitchOnAsync(GoodPascals, CancellationToken.None);
        }

        return device;
    }

    /// <summary>Polls until so many passes have come, or fails after a minute.</summary>
    public static async Task<List<IonPass>> TakeAsync(IGasAnalyzer analyzer, int passes)
    {
        var taken = new List<IonPass>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (taken.Count < passes)
        {
            IonPoll poll = await analyzer.PollAsync(patience.Token);
            taken.AddRange(poll.Passes);
            if (poll.Passes.Count == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, patience.Token);
            }
        }

        return taken;
    }

    public ValueTask DisposeAsync() => Bench.DisposeAsync();
}
