using CellLab.Service.AnalysisRole;
using CellLab.TestKit.Time;

namespace CellLab.Tests.Service.AnalysisRole;

public class SurveyTurnsTests
{
    private readonly ManualTimeProvider wall = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task A_quick_survey_is_repeated_at_the_interval()
    {
        var turns = new SurveyTurns(TimeSpan.FromSeconds(2), wall);
        Assert.True(turns.IsDue);
        await turns.RunAsync(() => Task.CompletedTask);
        Assert.False(turns.IsDue);
        wall.Advance(TimeSpan.FromSeconds(2));
        Assert.True(turns.IsDue);
    }

    [Fact]
    public async Task A_slow_survey_leaves_the_service_ten_times_as_long_alone()
    {
        var turns = new SurveyTurns(TimeSpan.FromSeconds(2), wall);
        await turns.RunAsync(() => Take(TimeSpan.FromSeconds(1)));
        wall.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(turns.IsDue);
        wall.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(turns.IsDue);
    }

    private Task Take(TimeSpan time)
    {
        wall.Advance(time);
        return Task.CompletedTask;
    }
}
