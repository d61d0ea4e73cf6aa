using CellLab.Core.Events;
using CellLab.TestKit.Waiting;
using NSubstitute;

namespace CellLab.Tests.Service.Notifying;

/// <summary>Alarms on their way to a webhook and a mailbox, over real sockets.</summary>
[Trait("Suite", "Broad")]
public sealed class NotifierTests
{
    [Fact]
    public async Task An_alarm_comes_once_by_each_way_over_a_restart_in_the_middle()
    {
        await using var bench = new NotifierBench();
        bench.Hook.Away = true;
        bench.Start();
        bench.Tell(NotifierBench.Alarm("limit-a"));
        await Eventually.TrueAsync(() => !bench.Mail.Taken.IsEmpty, "the mail");
        await Eventually.TrueAsync(() => bench.Outbox.DueFor("hook", DateTimeOffset.MaxValue) is [{ Attempts: > 0 }], "an attempt at the webhook");

        await bench.StopAsync();
        bench.Hook.Away = false;
        bench.Start();
        await Eventually.TrueAsync(() => !bench.Hook.Taken.IsEmpty, "the webhook");
        bench.Tell(NotifierBench.Alarm("limit-b"));
        await Eventually.TrueAsync(() => bench.Hook.Taken.Count == 2 && bench.Mail.Taken.Count == 2, "the next alarm");

        Assert.Contains("limit-a", bench.Hook.Taken.First(), StringComparison.Ordinal);
        Assert.Contains("limit-b", bench.Hook.Taken.Last(), StringComparison.Ordinal);
        Assert.Contains("Subject: [lab1/node1] critical: Trouble with limit-a", bench.Mail.Taken.First(), StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", bench.Mail.Taken.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_go_where_they_are_wanted_and_a_target_that_stays_away_is_an_alarm()
    {
        await using var bench = new NotifierBench();
        bench.Mail.Away = true;
        bench.Start();
        bench.Tell(NotifierBench.Alarm("disk", AlarmSeverity.Warning));
        bench.Tell(NotifierBench.Alarm("limit-a"));

        await Eventually.TrueAsync(() => bench.Hook.Taken.Count == 2, "both at the webhook");
        await Eventually.TrueAsync(
            () => bench.Desk.ReceivedCalls().Any(call => call.GetMethodInfo().Name == "RaiseAlarmAsync" && (string)call.GetArguments()[0]! == "notify-post"), "the alarm about the mail");
        bench.Mail.Away = false;
        await Eventually.TrueAsync(() => bench.Mail.Taken.Count == 1, "the mail");
        await Eventually.TrueAsync(() => bench.Desk.ReceivedCalls().Any(call => call.GetMethodInfo().Name == "ClearAlarmAsync" && (string)call.GetArguments()[0]! == "notify-post"), "its end");
    }

    [Fact]
    public async Task Too_many_of_an_hour_come_as_one()
    {
        await using var bench = new NotifierBench(settings => settings with { MessagesPerHour = 3, Targets = [settings.Targets[0]] });
        bench.Alarms.AddRange(Enumerable.Range(0, 10).Select(index => NotifierBench.Alarm($"limit-{index}")));
        bench.Start();

        await Eventually.TrueAsync(() => bench.Hook.Taken.Count == 3, "three messages");

        Assert.Contains("8 messages in one", bench.Hook.Taken.Last(), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => bench.Outbox.DueFor("hook", DateTimeOffset.MaxValue).Count == 0, "all to be noted as sent");
    }

    [Fact]
    public async Task The_digest_of_a_day_goes_out_once()
    {
        await using var bench = new NotifierBench(settings => settings with { DigestAt = TimeOnly.MinValue, Targets = [settings.Targets[1]] });
        bench.Alarms.Add(NotifierBench.Alarm("disk", AlarmSeverity.Warning));
        bench.Start();
        await Eventually.TrueAsync(() => bench.Mail.Taken.Count == 1, "the digest");
        await bench.StopAsync();
        bench.Start();
        bench.Tell(NotifierBench.Alarm("limit-a"));
        await Eventually.TrueAsync(() => bench.Mail.Taken.Count == 2, "the alarm after it");

        Assert.Contains("warning  Trouble with disk (not acknowledged)", bench.Mail.Taken.First(), StringComparison.Ordinal);
        Assert.Contains("limit-a", bench.Mail.Taken.Last(), StringComparison.Ordinal);
    }
}
