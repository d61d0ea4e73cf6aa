using CellLab.Messaging.Clients;

namespace CellLab.Tests.Messaging.Clients;

public sealed class BackOffTests
{
    [Fact]
    public void Delays_double_up_to_the_longest_and_start_again_after_a_success()
    {
        var backOff = new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

        Assert.Equal([1, 2, 4, 5, 5], Enumerable.Range(0, 5).Select(_ => backOff.Next().TotalSeconds));
        backOff.Reset();
        Assert.Equal(1, backOff.Next().TotalSeconds);
    }
}
