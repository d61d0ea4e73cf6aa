using CellLab.Drivers.Catalog;
using CellLab.TestKit.Time;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Drivers.Catalog;

public sealed class InsistingTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly ManualTimeProvider _wall = new(s_start);
    private int _tries;

    [Fact]
    public async Task A_port_that_is_back_after_two_seconds_is_switched_off()
    {
        Task<int> done = RunAsync(() => _wall.GetUtcNow() >= s_start.AddSeconds(2));

        await AdvanceUntilAsync(done);

        Assert.Equal(_tries, await done);
        Assert.True(_tries > 3);
    }

    [Fact]
    public async Task One_that_stays_away_is_told_after_three_seconds_and_no_later()
    {
        Task<int> done = RunAsync(() => false);

        await AdvanceUntilAsync(done);

        await Assert.ThrowsAsync<IOException>(() => done);
        Assert.InRange(_wall.GetUtcNow() - s_start, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_failure_that_another_try_cannot_mend_is_told_at_once()
    {
        await Assert.ThrowsAsync<IOException>(() => Insisting.RunAsync<int>((_, _) => throw new IOException(), (_, _) => false, _wall, CancellationToken.None));
    }

    private Task<int> RunAsync(Func<bool> isThere) => Insisting.RunAsync(
        (number, _) => isThere() ? Task.FromResult(_tries = number) : throw new IOException($"try {_tries = number}"),
        (_, failure) => failure is IOException,
        _wall,
        CancellationToken.None);

    private Task AdvanceUntilAsync(Task done) => Eventually.TrueAsync(
        () =>
        {
            _wall.Advance(TimeSpan.FromMilliseconds(50));
            return done.IsCompleted;
        },
        "the end of the tries");
}
