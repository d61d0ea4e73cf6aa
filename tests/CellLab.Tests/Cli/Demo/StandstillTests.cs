using CellLab.Cli;
using CellLab.Cli.Demo;
using CellLab.TestKit.Time;

namespace CellLab.Tests.Cli.Demo;

public sealed class StandstillTests
{
    [Fact]
    public void What_moves_is_never_called_standing_and_what_stands_too_long_is()
    {
        var wall = new ManualTimeProvider();
        var standstill = new Standstill(wall, TimeSpan.FromSeconds(60));
        for (int i = 0; i < 10; i++)
        {
            wall.Advance(TimeSpan.FromSeconds(50));
            standstill.Look($"{i}");
        }

        wall.Advance(TimeSpan.FromSeconds(59));
        standstill.Look("9");
        wall.Advance(TimeSpan.FromSeconds(2));
        CliException stuck = Assert.Throws<CliException>(() => standstill.Look("9"));
        Assert.Contains("60 s", stuck.Message, StringComparison.Ordinal);
    }
}
