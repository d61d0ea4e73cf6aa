using CellLab.Core.Jobs;
using CellLab.Core.Time;
using CellLab.Core.Triggers;
using CellLab.Engine.Triggers;
using CellLab.TestKit.Devices;
using CellLab.TestKit.Time;

namespace CellLab.Tests.Engine.Triggers;

public sealed class PatternFileSearchTests
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider _wall = new(DateTimeOffset.UnixEpoch);
    private readonly ScriptedPatterns _folder = new();
    private readonly JobId _job = JobId.New();

    [Fact]
    public void A_file_that_was_there_before_the_pulse_is_not_the_pattern_s_own()
    {
        _folder.Add("a.xy");
        PatternFileSearch search = NewSearch();
        search.BeforePulse([]);
        _folder.Add("b.xy");

        Assert.Equal("b.xy", Find(search, Intent(1)));
    }

    [Fact]
    public void After_a_restart_neither_older_files_nor_those_that_have_their_record_are_taken()
    {
        PatternFileSearch before = NewSearch();
        _folder.Add("z.xy");
        DateTimeOffset? until = before.BeforePulse([]);
        _folder.Add("recorded.xy");
        _folder.Add("a.xy");
        PatternFileSearch search = NewSearch();
        search.Restore(until, ["recorded.xy"]);

        Assert.Equal("a.xy", Find(search, Intent(1)));
    }

    [Fact]
    public void The_next_pulse_keeps_a_file_that_has_come_for_its_pattern()
    {
        PatternFileSearch search = NewSearch();
        _folder.Add("first.xy");
        search.BeforePulse([Intent(1)]);
        _folder.Add("second.xy");

        Assert.Equal("second.xy", Find(search, Intent(2)));
        Assert.Equal("first.xy", Find(search, Intent(1)));
    }

    [Fact]
    public void A_pulse_that_nobody_saw_does_not_get_what_comes_after_the_next_one()
    {
        PatternFileSearch search = NewSearch();
        TriggerIntent unseen = Intent(1) with { Sought = true };
        search.BeforePulse([unseen]);
        _folder.Add("second.xy");

        Assert.Equal((null, true), search.Find(unseen, null, DateTimeOffset.MinValue));
        Assert.Equal("second.xy", Find(search, Intent(2)));
    }

    [Fact]
    public void No_file_is_given_up_before_the_exposure_can_have_ended()
    {
        PatternFileSearch search = NewSearch();
        DateTimeOffset end = _wall.GetUtcNow() + (10 * s_longest);

        Assert.Equal((null, false), search.Find(Intent(1), null, end));
        _wall.Advance(10 * s_longest);
        Assert.Equal((null, false), search.Find(Intent(1), null, end));
        _wall.Advance(2 * s_longest);
        Assert.Equal((null, true), search.Find(Intent(1), null, end));
    }

    [Theory]
    [InlineData(@"D:\XRD\scan7.ras")]
    [InlineData("/data/SCAN7.ras")]
    public void The_file_that_the_instrument_tells_is_waited_for_by_its_name_alone(string told)
    {
        PatternFileSearch search = NewSearch();
        _folder.Add("foreign.ras");

        Assert.Equal((null, false), search.Find(Intent(1), told, DateTimeOffset.MinValue));
        _folder.Add("scan7.ras");
        Assert.Equal("scan7.ras", search.Find(Intent(1), told, DateTimeOffset.MinValue).File?.Name);
    }

    [Fact]
    public void Another_file_serves_when_the_told_one_does_not_come()
    {
        PatternFileSearch search = NewSearch();
        _folder.Add("renamed.ras");
        search.Find(Intent(1), "scan7.ras", DateTimeOffset.MinValue);
        _wall.Advance(2 * s_longest);

        Assert.Equal("renamed.ras", search.Find(Intent(1), "scan7.ras", DateTimeOffset.MinValue).File?.Name);
    }

    [Fact]
    public void A_file_is_taken_when_it_has_not_changed_for_a_while()
    {
        PatternFileSearch search = NewSearch(TimeSpan.FromSeconds(2));
        _folder.Add("half.xy");
        for (int look = 0; look < 10; look++)
        {
            Assert.Equal((null, false), search.Find(Intent(1), null, DateTimeOffset.MinValue));
            _wall.Advance(TimeSpan.FromSeconds(1.9));
            _folder.Grow("half.xy");
        }

        Assert.Equal((null, false), search.Find(Intent(1), null, DateTimeOffset.MinValue));
        _wall.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("half.xy", Find(search, Intent(1)));
    }

    private static string? Find(PatternFileSearch search, TriggerIntent intent) => search.Find(intent, null, DateTimeOffset.MinValue).File?.Name;

    private PatternFileSearch NewSearch(TimeSpan unchanged = default) => new(_folder, s_longest, unchanged, new Clocks(new LabClock(FixedLabTime.RealTime, _wall), _wall));

    private TriggerIntent Intent(int number) => new() { Job = _job, Number = number, Conditions = [], Policy = MissedPolicy.Skip };
}
