using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Engine.Live;

namespace CellLab.Tests.Engine.Live;

public class BookingsTests
{
    private static readonly ChannelAddress One = ChannelAddress.Parse("cycler1.1-1-1");
    private static readonly ChannelAddress Two = ChannelAddress.Parse("cycler1.1-1-2");
    private readonly Bookings bookings = new();

    [Fact]
    public void The_first_job_holds_the_channel_and_the_next_one_follows()
    {
        bookings.TryBook(new JobId("a"), "cell 1", One);
        bookings.TryBook(new JobId("b"), "cell 2", One);
        Assert.Equal(new JobId("a"), bookings.HolderOf(One));
        Assert.Equal(new JobId("a"), bookings.Ahead(new JobId("b")));

        bookings.Release(new JobId("a"));
        Assert.Equal(new JobId("b"), bookings.HolderOf(One));

        bookings.Release(new JobId("b"));
        Assert.Null(bookings.HolderOf(One));
    }

    [Fact]
    public void A_job_that_leaves_the_queue_does_not_move_the_holder()
    {
        bookings.TryBook(new JobId("a"), "cell 1", One);
        bookings.TryBook(new JobId("b"), "cell 2", One);
        bookings.Release(new JobId("b"));
        Assert.Equal(new JobId("a"), bookings.HolderOf(One));
        Assert.Null(bookings.HolderOf(Two));
    }

    [Fact]
    public void A_cell_that_waits_elsewhere_is_not_booked()
    {
        bookings.TryBook(new JobId("a"), "cell 1", One);
        Assert.Equal(new JobId("a"), bookings.TryBook(new JobId("b"), "cell 1", Two));
        Assert.Null(bookings.HolderOf(Two));
    }
}
