using CellLab.Core.Events;
using CellLab.Service.Hosting;
using CellLab.Service.Notifying;

namespace CellLab.Tests.Service.Notifying;

/// <summary>Which messages there are, and when they are held or dropped.</summary>
public sealed class AlarmMessagesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly NotifySettings s_settings = new()
    {
        Targets =
        [
            new NotifyTarget("all", AlarmSeverity.Warning, false, null, null), new NotifyTarget("hard", AlarmSeverity.Critical, false, null, null),
            new NotifyTarget("boss", AlarmSeverity.Critical, true, null, null),
        ],
    };

    private readonly AlarmMessages messages = new(s_settings, new NodeInfo("lab1", "node1", 1, ServiceRoles.Acquisition));

    [Fact]
    public void Each_target_gets_what_it_is_for_in_its_time()
    {
        Assert.Equal(["all"], messages.For(NotifierBench.Alarm("a", AlarmSeverity.Warning), s_now).Select(message => message.Target));
        IReadOnlyList<OutgoingMessage> critical = messages.For(NotifierBench.Alarm("a"), s_now);
        Assert.Equal(["all", "hard", "boss"], critical.Select(message => message.Target));
        Assert.Equal([s_now, s_now, s_now + s_settings.EscalateAfter], critical.Select(message => message.DueUtc));
    }

    [Fact]
    public void The_event_names_the_message_and_a_worse_one_is_another()
    {
        Alarm alarm = NotifierBench.Alarm("a", AlarmSeverity.Warning);
        string Key(Alarm of) => messages.For(of, s_now)[0].Key;

        Assert.Equal(Key(alarm), Key(alarm with { Text = "other words", Note = "x" }));
        Assert.NotEqual(Key(alarm), Key(alarm with { Severity = AlarmSeverity.Critical }));
        Assert.NotEqual(Key(alarm), Key(alarm with { RaisedAtUtc = s_now }));
    }

    [Fact]
    public void A_target_is_not_told_that_it_cannot_be_reached() =>
        Assert.DoesNotContain(messages.For(NotifierBench.Alarm(AlarmMessages.FailureOf("all")), s_now), message => message.Target == "all");

    [Fact]
    public void Warnings_that_are_gone_and_escalations_that_are_settled_are_dropped_and_what_is_shelved_waits()
    {
        Alarm warning = NotifierBench.Alarm("a", AlarmSeverity.Warning);
        Alarm critical = NotifierBench.Alarm("a");
        OutgoingMessage soft = messages.For(warning, s_now)[0];
        OutgoingMessage hard = messages.For(critical, s_now)[0];
        OutgoingMessage escalation = messages.For(critical, s_now)[2];
        Alarm seen = critical with { AcknowledgedAtUtc = s_now };
        DateTimeOffset until = s_now.AddHours(8);

        Assert.Null(AlarmMessages.Postponed(soft, warning, s_now));
        Assert.Equal(DateTimeOffset.MaxValue, AlarmMessages.Postponed(soft, warning with { Active = false }, s_now));
        Alarm restart = NotifierBench.Alarm("restart", AlarmSeverity.Warning) with { Active = false };
        Assert.Null(AlarmMessages.Postponed(messages.For(restart, s_now)[0], restart, s_now)); // it happened, and has no duration
        Assert.Null(AlarmMessages.Postponed(hard, critical with { Active = false }, s_now)); // a limit that stopped its job is over at once, and has to be told
        Assert.Null(AlarmMessages.Postponed(hard, null, s_now));
        Assert.Null(AlarmMessages.Postponed(escalation, critical, s_now));
        Assert.Equal(DateTimeOffset.MaxValue, AlarmMessages.Postponed(escalation, seen, s_now));
        Assert.Equal(until, AlarmMessages.Postponed(hard, critical with { ShelvedUntilUtc = until }, s_now));
        Assert.Null(AlarmMessages.Postponed(hard, critical with { ShelvedUntilUtc = until }, until));
    }
}
