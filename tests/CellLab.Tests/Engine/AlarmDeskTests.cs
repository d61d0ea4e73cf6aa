using CellLab.Core.Events;
using CellLab.Core.Storage;
using CellLab.Core.Time;
using CellLab.Engine.Alarms;
using CellLab.Engine.Desk;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace CellLab.Tests.Engine;

public sealed class AlarmDeskTests
{
    private readonly IJournal journal = Substitute.For<IJournal>();
    private readonly AlarmDesk desk;

    public AlarmDeskTests() => desk = new AlarmDesk(journal, Clocks.RealTime, NullLogger.Instance);

    private static AuditEntry Audit => new(0, default, "ada", "alarm shelve", "disk", null, "");

    [Fact]
    public async Task A_shelved_alarm_stays_and_comes_off_the_shelf_by_a_time_that_has_passed()
    {
        await desk.RaiseAsync("disk", AlarmSeverity.Warning, "full", null, null);
        DateTimeOffset until = TimeProvider.System.GetUtcNow().AddHours(8);

        await desk.ShelveAsync("disk", until, "ada", "a new disk is on its way", Audit, default);

        Alarm shelved = Assert.Single(desk.Present);
        Assert.Equal((until, "ada", "a new disk is on its way"), (shelved.ShelvedUntilUtc, shelved.ShelvedBy, shelved.ShelfNote));
        Assert.True(shelved.IsShelved(until.AddSeconds(-1)) && !shelved.IsShelved(until));
        await desk.ShelveAsync("disk", DateTimeOffset.UnixEpoch, "ada", "it is here", Audit, default);
        Assert.Null(Assert.Single(desk.Present).ShelvedUntilUtc);
    }

    [Fact]
    public async Task What_is_raised_anew_is_not_on_the_shelf_and_what_is_over_cannot_be_shelved()
    {
        await desk.RaiseAsync("disk", AlarmSeverity.Warning, "full", null, null);
        await desk.ShelveAsync("disk", DateTimeOffset.MaxValue, "ada", "x", Audit, default);
        await desk.ClearAsync("disk");
        await desk.RaiseAsync("disk", AlarmSeverity.Warning, "full again", null, null);

        Assert.Null(Assert.Single(desk.Present).ShelvedUntilUtc);
        await desk.ClearAsync("disk");
        await desk.AcknowledgeAsync("disk", "ada", null, Audit, default);
        await Assert.ThrowsAsync<DeskRefusedException>(() => desk.ShelveAsync("disk", DateTimeOffset.MaxValue, "ada", "x", Audit, default));
    }
}
