using CellLab.Core.Devices;
using CellLab.Messaging.Topics;

namespace CellLab.Tests.Messaging.Topics;

public sealed class TopicMapTests
{
    private readonly TopicMap _topics = new("bench-1");

    [Fact]
    public void Topics_are_those_of_the_contract()
    {
        Assert.Equal("celllab/v1/bench-1/node/n1/status", _topics.NodeStatus("n1"));
        Assert.Equal("celllab/v1/bench-1/node/n1/records", _topics.NodeRecords("n1"));
        Assert.Equal("celllab/v1/bench-1/device/cycler1/state", _topics.DeviceState(new DeviceId("cycler1")));
        Assert.Equal("celllab/v1/bench-1/channel/cycler1.27-1-1/state", _topics.ChannelState(ChannelAddress.Parse("cycler1.27-1-1")));
        Assert.Equal("celllab/v1/bench-1/job/aaaaaaaaaaaa/records", _topics.JobRecords(TestRows.JobA));
        Assert.Equal("celllab/v1/bench-1/job/aaaaaaaaaaaa/latest-cycle", _topics.JobLatestCycle(TestRows.JobA));
        Assert.Equal("celllab/v1/bench-1/job/aaaaaaaaaaaa/analysis/eis", _topics.JobAnalysis(TestRows.JobA, "eis"));
        Assert.Equal("celllab/v1/bench-1/alarm/no-data-x", _topics.Alarm("no-data-x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("+")]
    [InlineData("#")]
    [InlineData("Bench")]
    [InlineData("b\u00e4nk")]
    public void A_name_that_could_leave_its_level_is_refused(string name)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new TopicMap(name));

        Assert.Contains($"the site name '{name}'", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _topics.Alarm(name));
    }

    [Fact]
    public void A_topic_is_taken_apart_into_what_it_was_made_of()
    {
        Assert.Equal(new TopicName("bench-1", "job", "aaaaaaaaaaaa", "analysis/eis"), TopicName.TryParse(_topics.JobAnalysis(TestRows.JobA, "eis")));
        Assert.Equal(new TopicName("bench-1", "alarm", "x", ""), TopicName.TryParse(_topics.Alarm("x")));
        Assert.Null(TopicName.TryParse("celllab/v2/bench-1/alarm/x"));
        Assert.Null(TopicName.TryParse("celllab/v1/bench-1"));
    }
}
