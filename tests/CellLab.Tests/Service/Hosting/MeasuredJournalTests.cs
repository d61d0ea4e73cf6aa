using CellLab.Core.Storage;
using CellLab.Service.Hosting;
using CellLab.Service.Rest.Observing;
using NSubstitute;

namespace CellLab.Tests.Service.Hosting;

public sealed class MeasuredJournalTests
{
    private readonly IJournal inner = Substitute.For<IJournal>();
    private readonly CommitMeter meter = new();

    [Fact]
    public async Task A_commit_is_passed_on_and_counted_once()
    {
        var write = new JournalWrite();
        var measured = new MeasuredJournal(inner, meter, TimeProvider.System);

        await measured.CommitAsync(write, CancellationToken.None);

        await inner.Received(1).CommitAsync(write, CancellationToken.None);
        Assert.Equal((1, 0), (meter.Read().Counts.Sum(), meter.Read().Failures));
    }

    [Fact]
    public async Task A_commit_that_the_disk_refused_is_counted_as_such_and_told()
    {
        inner.CommitAsync(default!, default).ReturnsForAnyArgs(Task.FromException(new StorageException("the disk is full")));
        var measured = new MeasuredJournal(inner, meter, TimeProvider.System);

        await Assert.ThrowsAsync<StorageException>(() => measured.CommitAsync(new JournalWrite(), CancellationToken.None));

        Assert.Equal((0, 1), (meter.Read().Counts.Sum(), meter.Read().Failures));
    }

    [Fact]
    public async Task Readers_of_the_measured_journal_hear_what_the_inner_one_tells()
    {
        var measured = new MeasuredJournal(inner, meter, TimeProvider.System);
        long heard = 0;
        measured.RowsCommitted += rows => heard = rows.FirstPosition;

        inner.RowsCommitted += Raise.Event<Action<CommittedRows>>(new CommittedRows(17, []));
        await measured.ReadCursorAsync("publisher", CancellationToken.None);

        Assert.Equal(17, heard);
        await inner.Received(1).ReadCursorAsync("publisher", CancellationToken.None);
    }
}
