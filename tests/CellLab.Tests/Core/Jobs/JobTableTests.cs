using CellLab.Core.Jobs;
using static CellLab.Core.Jobs.JobSignal;
using static CellLab.Core.Jobs.JobState;

namespace CellLab.Tests.Core.Jobs;

/// <summary>Every state with every signal: what is not written here is illegal.</summary>
public sealed class JobTableTests
{
    private static readonly Dictionary<JobState, (JobSignal Signal, JobState Next)[]> Legal = new()
    {
        [Queued] = [(Leased, Starting), (MustWait, Waiting), (StageBegan, Running), (StopRequested, Cancelled)],
        [Waiting] =
        [
            (Leased, Starting), (MustWait, Waiting), (Started, Running), (StageBegan, Running), (StartRefused, Failed), (StopRequested, Cancelled),
            (Held, Paused), (ProgramEnded, Completed), (SegmentEnded, Queued),
        ],
        [Starting] =
        [
            (MustWait, Waiting), (Started, Running), (StartRefused, Failed), (Lost, Recovering), (StopRequested, Stopping), (Broken, Failed),
        ],
        [Running] = [(Held, Paused), (Lost, Recovering), (StopRequested, Stopping), (ProgramEnded, Completed), (SegmentEnded, Queued), (Broken, Failed)],
        [Paused] = [(Continued, Running), (Lost, Recovering), (StopRequested, Stopping), (ProgramEnded, Completed), (SegmentEnded, Queued), (Broken, Failed)],
        [Recovering] =
        [
            (MustWait, Waiting), (Started, Running), (Held, Paused), (Continued, Running), (Lost, Recovering), (StopRequested, Stopping),
            (ProgramEnded, Completed), (SegmentEnded, Queued), (Broken, Failed),
        ],
        [Stopping] = [(StopDone, Cancelled), (ProgramEnded, Cancelled), (Broken, Failed)],
        [Completed] = [],
        [Failed] = [(ContinueRequested, Queued)],
        [Cancelled] = [(ContinueRequested, Queued)],
    };

    [Fact]
    public void Every_pair_of_state_and_signal_leads_where_the_table_says_and_nowhere_else()
    {
        foreach (JobState state in Enum.GetValues<JobState>())
        {
            foreach (JobSignal signal in Enum.GetValues<JobSignal>())
            {
                JobState? expected = Legal[state].Where(move => move.Signal == signal).Select(move => (JobState?)move.Next).SingleOrDefault();
                Assert.True(expected == JobStateMachine.Next(state, signal), $"{state} x {signal}: {JobStateMachine.Next(state, signal)}, expected {expected}");
            }
        }
    }

    [Fact]
    public void From_every_state_that_is_not_final_an_end_can_be_reached() =>
        Assert.All(Enum.GetValues<JobState>().Where(state => !state.IsFinal()), state => Assert.Contains(Reachable(state), next => next.IsFinal()));

    private static HashSet<JobState> Reachable(JobState from)
    {
        var seen = new HashSet<JobState>();
        var open = new Queue<JobState>([from]);
        while (open.TryDequeue(out JobState state))
        {
            foreach (JobState next in Enum.GetValues<JobSignal>().Select(signal => JobStateMachine.Next(state, signal)).OfType<JobState>().Where(seen.Add))
            {
                open.Enqueue(next);
            }
        }

        return seen;
    }
}
