using CellLab.ContractTests.Bench;
using CellLab.Core.Devices;
using CellLab.Transport;
using CellLab.Transport.Recording;

namespace CellLab.ContractTests.Probing;

/// <summary>The probe of every driver against the whole bench. What a probe does while something runs stands in the contracts of the capabilities.</summary>
public sealed class ProbeTests : IAsyncLifetime
{
    private static readonly (string Driver, string Id)[] s_wires =
    [
        ("Neware", "cycler1"), ("ModbusCycler", "psb1"), (ReadOnlyRequests.ModbusRtu, "pair1"), ("MethodScript", "pstat1"), ("Autolab", "autolab1"), ("GasPanel", "panel1"), ("SrsRga", "rga1"),
        ("PrismaPro", "prisma1"), ("XrdTrigger", "xrd1"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("celllab-probe-").FullName;
    private SimulatedBench _bench = null!;

    public async Task InitializeAsync() => _bench = await SimulatedBench.StartAsync(1, await File.ReadAllTextAsync(FullBench()));

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task No_driver_sends_anything_for_a_probe_that_does_more_than_read()
    {
        foreach ((string driver, string id) in s_wires)
        {
            IReadOnlyList<byte[]> sent = await SentForAProbeAsync(id);
            Assert.True(sent.Count > 0, id);
            Assert.Equal((id, ""), (id, string.Join("; ", ReadOnlyRequests.Beyond(driver, sent))));
        }
    }

    [Fact]
    public async Task Every_probe_tells_clock_and_noise_or_says_why_it_cannot()
    {
        foreach (string id in _bench.Ids)
        {
            (ProbeReport report, _) = await ProbeAsync(_bench.CreateDevice(null, _bench.Ids.IndexOf(id)));

            Assert.True(report.Clock.Source.Length > 20, $"{id}: {report.Clock}");
            Assert.True(report.Findings.Count(finding => finding.Contains("noise", StringComparison.Ordinal)) == 1, $"{id}: {string.Join("; ", report.Findings)}");
        }
    }

    [Fact]
    public async Task The_clock_of_the_bridges_PC_agrees_with_ours_within_its_uncertainty()
    {
        IDevice device = _bench.CreateDevice(null, _bench.Ids.IndexOf("autolab1"));
        await device.ConnectAsync(CancellationToken.None);
        Assert.True(device.TryGet(out IInstrumentClock? clock));

        ClockOffset offset = (await clock.ReadClockAsync(CancellationToken.None)).Offset!;

        Assert.True(offset.Offset.Duration() <= offset.Uncertainty, $"{offset}: the bench has one clock");
        Assert.True(offset.Uncertainty >= TimeSpan.FromMilliseconds(16), $"{offset}: a Windows clock is no better");
    }

    [Theory]
    [InlineData("psb1")]
    [InlineData("cycler1")]
    [InlineData("pstat1")]
    [InlineData("autolab1")]
    public async Task The_noise_of_a_cell_at_rest_is_a_figure(string id)
    {
        (ProbeReport report, _) = await ProbeAsync(_bench.CreateDevice(null, _bench.Ids.IndexOf(id)));

        Assert.Contains(report.Findings, finding => finding.Contains("voltage noise", StringComparison.Ordinal) && finding.Contains(" mV (", StringComparison.Ordinal));
        Assert.InRange(report.Channels[0].VoltageVolts!.Value, 2.5, 4);
    }

    private async Task<IReadOnlyList<byte[]>> SentForAProbeAsync(string id)
    {
        string file = Path.Combine(_folder, id);
        using var recorder = new RecordingConnector(new WireConnector(TimeProvider.System), file, TimeProvider.System);
        (_, DateTimeOffset began) = await ProbeAsync(_bench.CreateDevice(recorder, _bench.Ids.IndexOf(id)));
        return [.. WireRecording.Read(file).Where(entry => entry.Event == WireEvent.Sent && entry.TimeUtc >= began).Select(entry => entry.Bytes.ToArray())];
    }

    private static async Task<(ProbeReport Report, DateTimeOffset Began)> ProbeAsync(IDevice device)
    {
        await using (device)
        {
            await device.ConnectAsync(CancellationToken.None);
            Assert.True(device.TryGet(out IProbe? probe));
            DateTimeOffset began = TimeProvider.System.GetUtcNow();
            return (await probe.ProbeAsync(CancellationToken.None), began);
        }
    }

    private static string FullBench()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CellLab.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests do not lie in the repository");
        }

        return Path.Combine(folder, "config", "benches", "full.json");
    }
}
