using CellLab.SystemTests.Faults;
using CellLab.SystemTests.Harness;
using Xunit.Abstractions;

namespace CellLab.SystemTests;

/// <summary>Faults of the full bench, one after another, during running jobs: the cell ends safe or goes on, the record says what happened, and nothing else
/// on the bench notices. A handful always; every fault of every device with <c>./celllab test --long</c>.</summary>
public sealed class FaultSweepTests(FullBench bench, ITestOutputHelper output) : IClassFixture<FullBench>
{
    private static readonly bool s_long = Environment.GetEnvironmentVariable("CELLLAB_LONG_TESTS") == "1";

    private static readonly Dictionary<string, string[]> s_handful = new()
    {
        ["cycler1"] = ["cut-mid-reply", "protect"],
        ["pstat1"] = ["script-error"],
    };

    /// <summary>A person's acts and not faults.</summary>
    private static readonly string[] s_noFaults = ["operator-start", "operator-stop"];

    public static TheoryData<string> Devices => [.. SweepSubject.All.Select(subject => subject.Device).Where(device => s_long || s_handful.ContainsKey(device))];

    [Theory]
    [MemberData(nameof(Devices))]
    public async Task Each_fault_of_a_device_leaves_its_cell_safe_or_going_on_and_the_rest_of_the_bench_alone(string device)
    {
        SweepSubject subject = SweepSubject.All.Single(known => known.Device == device);
        var control = new BenchControl(bench.Lab.BenchState);
        (string Name, bool OnChannel)[] faults =
            [.. (await control.FaultsOfAsync(device)).Where(fault => s_long ? !s_noFaults.Contains(fault.Name) : s_handful[device].Contains(fault.Name))];
        Assert.NotEmpty(faults);
        var rows = new List<SweepRow>();
        await using (var sweep = new Sweep(bench, subject, control))
        {
            await sweep.StartAsync();
            foreach ((string name, bool onChannel) in faults)
            {
                SweepRow row = await sweep.ThrowAsync(name, onChannel);
                output.WriteLine(row.ToString());
                rows.Add(row);
            }
        }

        Assert.DoesNotContain(rows, row => row.Problems.Count > 0);
    }

    [Fact]
    public async Task Every_switch_that_the_bench_offers_has_its_expected_outcome_and_every_device_is_swept()
    {
        var control = new BenchControl(bench.Lab.BenchState);

        Assert.Equal(bench.Devices.Order(), SweepSubject.All.Select(subject => subject.Device).Order());
        foreach (string device in bench.Devices)
        {
            IEnumerable<string> offered = (await control.FaultsOfAsync(device)).Select(fault => fault.Name).Except(s_noFaults);
            Assert.Equal((device, string.Join(' ', offered.Order())), (device, string.Join(' ', ExpectedOutcome.FaultsOf(device).Order())));
        }
    }
}
