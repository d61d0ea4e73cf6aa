using CellLab.Core.Devices;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Engine.Live;

namespace CellLab.Engine.Stages;

/// <summary>One step of another instrument or a person, under way.</summary>
internal sealed class StageRun : IDisposable
{
    private static readonly TimeSpan ShortestNews = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _calledOff;
    private readonly JobLedger _ledger;
    private readonly Clocks _clocks;
    private readonly TaskCompletionSource<string> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _toldAtWall;

    public StageRun(LiveJob live, OtherInstrumentStep step, ChannelAddress channel, IStageWork work, JobLedger ledger, Clocks clocks, CancellationToken engineStops)
    {
        (Live, Step, Channel, Work, _ledger, _clocks) = (live, step, channel, work, ledger, clocks);
        _calledOff = CancellationTokenSource.CreateLinkedTokenSource(engineStops);
        Token = _calledOff.Token;
    }

    public LiveJob Live { get; }

    public OtherInstrumentStep Step { get; }

    public ChannelAddress Channel { get; }

    public IStageWork Work { get; }

    public Task Task { get; set; } = Task.CompletedTask;

    public CancellationToken Token { get; } // can be asked when its source is gone

    /// <summary>Who has resumed the job that waits in this step.</summary>
    public Task<string> Answer => _answer.Task;

    /// <summary>Lab time since the step began.</summary>
    public double Seconds => (_clocks.Lab.GetUtcNow() - (Live.Segment?.StartedAtUtc ?? _clocks.Lab.GetUtcNow())).TotalSeconds;

    /// <summary>Asked for while the step is under way.</summary>
    private string Pauses => StageToken.Of(Live.Segment).PauseBy is { } who ? $" (pauses after it, asked by {who})" : "";

    public void AnswerBy(string who) => _answer.TrySetResult(who);

    /// <summary>Stops the work; what it switched on is opened by who calls.</summary>
    public async Task CallOffAsync()
    {
        try
        {
            await _calledOff.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // it ended by itself meanwhile
        }
    }

    /// <summary>Tells as the job's reason what is being done; not more often than once a second unless it is <paramref name="urgent"/>.</summary>
    public async Task TellAsync(string reason, bool urgent = false)
    {
        if (Live.Job.StateReason == reason + Pauses || (!urgent && _toldAtWall is { } told && _clocks.Wall.GetElapsedTime(told) < ShortestNews))
        {
            return;
        }

        _toldAtWall = _clocks.Wall.GetTimestamp();
        await _ledger.AmendAsync(Live, job => job.State.IsFinal() ? job : job with { StateReason = reason + Pauses });
    }

    public void Dispose() => _calledOff.Dispose();
}
