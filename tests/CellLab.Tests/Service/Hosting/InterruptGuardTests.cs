using CellLab.Service.Hosting;
using CellLab.TestKit.Time;

namespace CellLab.Tests.Service.Hosting;

public sealed class InterruptGuardTests
{
    private readonly ManualTimeProvider _wall = new();
    private readonly InterruptGuard _guard;
    private string _said = "";

    public InterruptGuardTests() => _guard = new InterruptGuard(_wall);

    [Fact]
    public void A_service_that_steps_nothing_ends_at_the_first_interrupt()
    {
        Assert.False(Refuses());
        _guard.Arm(() => null);
        Assert.False(Refuses());
        Assert.Equal("", _said);
    }

    [Fact]
    public void The_first_interrupt_is_refused_with_the_reason_and_the_second_is_meant()
    {
        _guard.Arm(() => "job x on psu1.1 is stepped");
        Assert.True(Refuses());
        Assert.Contains("psu1.1", _said, StringComparison.Ordinal);
        _wall.Advance(TimeSpan.FromSeconds(20));
        Assert.False(Refuses());
    }

    [Fact]
    public void An_interrupt_much_later_is_a_first_one_again()
    {
        _guard.Arm(() => "job x on psu1.1 is stepped");
        Assert.True(Refuses());
        _wall.Advance(TimeSpan.FromSeconds(31));
        Assert.True(Refuses());
        _guard.Disarm();
        Assert.False(Refuses());
    }

    private bool Refuses()
    {
        using var error = new StringWriter();
        bool refuses = _guard.Refuses(error);
        _said += error.ToString();
        return refuses;
    }
}
