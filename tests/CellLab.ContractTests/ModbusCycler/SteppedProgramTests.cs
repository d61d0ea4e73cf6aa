using CellLab.ContractTests.Contracts;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Safety;
using CellLab.Engine.Hosted;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace CellLab.ContractTests.ModbusCycler;

/// <summary>The service's step engine on simulated instruments over their real wires, on fast lab time.</summary>
public sealed class SteppedProgramTests(ITestOutputHelper output)
{
    private const double Speed = 2000;
    private const double Upper = 4.3;
    private const double Lower = 3.0;

    /// <summary>Charge, hold, rest and discharge at 2C of the pouch.</summary>
    private static readonly CellProgram s_program = new(
        "one cycle",
        [
            new CurrentStep(1, "main", 1, null, 7200, Upper),
            new VoltageStep(2, "main", Upper, true, 1800, 0.5),
            new RestStep(3, "main", 300),
            new CurrentStep(4, "main", -1, null, 7200, Lower),
        ],
        new RecordRule(30, null, null),
        new SafetyLimits(4.9, 1.8, 2, -2, null, 5),
        0.5);

    [Theory]
    [InlineData("ea-psb")]
    [InlineData("riden-maynuo")]
    public async Task Cut_offs_of_a_program_are_met_within_five_millivolts_at_speed_2000(string model)
    {
        await using ModbusSourceBench bench = await ModbusSourceBench.StartAsync(model, 0.5, 0.5, speed: Speed);
        await using IDevice device = HostedProgramRunner.Over(bench.Create(), new HostedTimings(), bench.Simulator.Clocks, NullLoggerFactory.Instance);
        var runner = (IProgramRunner)device;
        var bank = (IChannelBank)device;
        await device.ConnectAsync(CancellationToken.None);
        Assert.Empty(runner.Check(bench.Channel, s_program));
        ChannelStatus started = await runner.StartAsync(bench.Channel, s_program, "S1_00000001", CancellationToken.None);
        var following = new Following(bank, bench.Channel, started.TestId!, s_program);

        await following.UntilAsync(r => r.Outcome != FollowOutcome.Following, "the end", seconds: 240);

        output.WriteLine(string.Join("\n", following.Notes));
        Assert.Equal(FollowOutcome.Complete, following.Outcome);
        following.AssertNoGapNoRepeat();
        double charged = following.Records.Last(r => r.StepId == 1).VoltageVolts;
        double held = following.Records.Last(r => r.StepId == 2).VoltageVolts;
        double discharged = following.Records.Last(r => r.StepId == 4).VoltageVolts;
        output.WriteLine($"{following.Records.Count} records, cut-offs {charged} V, {held} V, {discharged} V");
        Assert.InRange(charged, Upper - 0.005, Upper + 0.005);
        Assert.InRange(held, Upper - 0.005, Upper + 0.005);
        Assert.InRange(discharged, Lower - 0.005, Lower + 0.005);
        Assert.False((await bank.InspectAsync(bench.Channel, CancellationToken.None)).State == ChannelState.Running);
    }
}
