using CellLab.Service.AnalysisRole;

namespace CellLab.Tests.Service.AnalysisRole;

public sealed class GrowingWaitTests
{
    [Fact]
    public void The_same_failure_is_tried_less_and_less_often_but_every_minute()
    {
        var wait = new GrowingWait(TimeSpan.FromSeconds(1));
        double[] seconds = [.. Enumerable.Range(0, 8).Select(_ => After(wait, "the folder is in use"))];
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], seconds);
    }

    [Fact]
    public void Another_failure_is_tried_soon()
    {
        var wait = new GrowingWait(TimeSpan.FromSeconds(1));
        After(wait, "the folder is in use");
        After(wait, "the folder is in use");
        Assert.Equal(1, After(wait, "the disk is full"));
    }

    private static double After(GrowingWait wait, string failure)
    {
        wait.Failed(failure);
        return wait.Wait.TotalSeconds;
    }
}
