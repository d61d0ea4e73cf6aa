using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Records;

namespace CellLab.ContractTests.Contracts;

/// <summary>Follows one test as the Engine does: the token of a turn that was stored is the cursor of the next.</summary>
public sealed class Following(IChannelBank bank, ChannelAddress channel, string testId, CellProgram program)
{
    public List<InstrumentRecord> Records { get; } = [];

    public List<StepTime> StepTimes { get; } = [];

    public List<string> Notes { get; } = [];

    public FollowOutcome Outcome { get; private set; }

    public string? Token { get; private set; }

    /// <summary>What carries on from here with another device instance.</summary>
    public Following On(IChannelBank other)
    {
        var next = new Following(other, channel, testId, program) { Token = Token };
        next.Records.AddRange(Records);
        next.StepTimes.AddRange(StepTimes);
        return next;
    }

    public async Task<FollowedReading> TurnAsync(CancellationToken cancellationToken = default)
    {
        BankReading reading = await bank.PollAsync([new ChannelCursor(channel, testId, Token, program)], cancellationToken);
        FollowedReading followed = Assert.Single(reading.Followed);
        Records.AddRange(followed.Records);
        StepTimes.AddRange(followed.StepTimes);
        Notes.AddRange(followed.Notes);
        Outcome = followed.Outcome;
        Token = followed.ResumeToken;
        return followed;
    }

    public async Task UntilAsync(Func<FollowedReading, bool> condition, string what, double seconds = 60)
    {
        long begin = TimeProvider.System.GetTimestamp();
        while (!condition(await TurnAsync()))
        {
            if (TimeProvider.System.GetElapsedTime(begin).TotalSeconds > seconds)
            {
                throw new TimeoutException($"waited {seconds} s for {what}; {Records.Count} records, outcome {Outcome}, {string.Join(" ", Notes)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    public void AssertNoGapNoRepeat() =>
        Assert.Equal(Enumerable.Range(1, Records.Count).Select(n => (long)n), Records.Select(r => r.RecordNumber));
}
