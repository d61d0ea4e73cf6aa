using CellLab.Core.Devices;
using CellLab.Drivers.PrismaPro.Measuring;

namespace CellLab.Tests.Drivers.PrismaPro;

public sealed class PrismaRunTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Points_of_a_scan_lie_in_the_middle_of_their_dwell()
    {
        PrismaRun run = Run(TimeSpan.FromSeconds(10));

        Assert.Equal(s_start.AddSeconds(0.25), run.TimeOf(1, 0));
        Assert.Equal(s_start.AddSeconds(0.75), run.TimeOf(1, 1));
        Assert.Equal(s_start.AddSeconds(20.25), run.TimeOf(3, 0));
    }

    [Fact]
    public void A_longer_real_period_moves_the_grid_with_every_poll_that_contradicts_it()
    {
        PrismaRun run = Run(TimeSpan.Zero); // 1 s nominal; the instrument takes 1.1 s
        for (int poll = 1; poll <= 100; poll++)
        {
            DateTimeOffset at = s_start.AddSeconds(poll);
            run.Observe(1 + (int)(poll / 1.1), at, at);
        }

        Assert.Equal(s_start.AddSeconds((89 * 1.1) + 0.25), run.TimeOf(90, 0), TimeSpan.FromSeconds(1.1));
    }

    [Fact]
    public void Times_never_go_back()
    {
        PrismaRun run = Run(TimeSpan.Zero);
        DateTimeOffset late = run.TimeOf(5, 1);
        run.Observe(7, s_start.AddSeconds(1), s_start.AddSeconds(1));

        Assert.True(run.TimeOf(6, 0) > late);
    }

    [Fact]
    public void The_requests_of_a_list_of_masses_are_those_of_the_quick_start()
    {
        IonPlan plan = IonPlan.Of([32, 44.5], TimeSpan.FromSeconds(5));

        Assert.Equal(
            [
                "scanSetup/set?scanStop=Immediately",
                "scanSetup/channels/1/set?channelMode=Single&startMass=32&dwell=256&ppamu=1&enabled=True",
                "scanSetup/channels/2/set?channelMode=Single&startMass=44.5&dwell=256&ppamu=1&enabled=True",
                "scanSetup/set?startChannel=1&stopChannel=2",
                "scanSetup/set?scanInterval=5000",
                "scanSetup/set?scanCount=-1",
            ],
            PrismaScanSetup.Requests(plan, 0.256));
    }

    private static PrismaRun Run(TimeSpan interval) => new(IonPlan.Of([32, 44], interval), 0.5, 1, s_start);
}
