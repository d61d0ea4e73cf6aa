using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Service.Notifying;

/// <summary>The outbox on a disk that takes nothing, and what lies there that is no outbox: alarms are told all the same, once each.</summary>
[Trait("Suite", "Broad")]
public sealed class OutboxTroubleTests
{
    [Fact]
    public async Task While_the_file_cannot_be_written_every_alarm_is_told_once_and_it_is_written_when_it_can_be()
    {
        await using var bench = new NotifierBench(settings => settings with { Targets = [settings.Targets[0]] });
        string beside = bench.OutboxFile + ".new";
        Directory.CreateDirectory(Path.Combine(beside, "in the way"));
        bench.Start();

        bench.Tell(NotifierBench.Alarm("limit-a"));
        await Eventually.TrueAsync(() => !bench.Hook.Taken.IsEmpty, "the first alarm");
        bench.Tell(NotifierBench.Alarm("limit-b"));
        await Eventually.TrueAsync(() => bench.Hook.Taken.Count >= 2, "the second alarm");
        Directory.Delete(beside, recursive: true);
        await Eventually.TrueAsync(() => File.Exists(bench.OutboxFile), "the file");
        await bench.StopAsync();
        bench.Start();
        bench.Tell(NotifierBench.Alarm("limit-c"));
        await Eventually.TrueAsync(() => bench.Hook.Taken.Any(message => message.Contains("limit-c", StringComparison.Ordinal)), "the third alarm, after a restart");

        Assert.Equal(3, bench.Hook.Taken.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"Pending\": [ { \"Key\": \"alarm x")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{ \"Pending\": [null], \"Known\": [], \"Sent\": [], \"WrittenUtc\": null }")]
    [InlineData("{ \"Pending\": [], \"Known\": null, \"Sent\": [], \"WrittenUtc\": null }")]
    [InlineData("\0\0\0\0")]
    public async Task Rubbish_is_put_aside_for_a_person_and_present_alarms_are_told(string rubbish)
    {
        await using var bench = new NotifierBench();
        Directory.CreateDirectory(Path.GetDirectoryName(bench.OutboxFile)!);
        await File.WriteAllTextAsync(bench.OutboxFile, rubbish);
        bench.Alarms.Add(NotifierBench.Alarm("limit-a"));

        bench.Start();
        await Eventually.TrueAsync(() => bench.Hook.Taken.Count == 1 && bench.Mail.Taken.Count == 1, "the alarm");

        Assert.Equal(rubbish, await File.ReadAllTextAsync(bench.OutboxFile + ".broken"));
    }
}
