using static CellLab.Core.Jobs.JobSignal;
using static CellLab.Core.Jobs.JobState;

namespace CellLab.Core.Jobs;

/// <summary>All legal moves of a job on one screen. Persistence, timers and messages live elsewhere.</summary>
public static class JobStateMachine
{
    /// <summary>The next state, or null for a signal that is not legal in this state: the caller logs it and keeps the state.</summary>
    public static JobState? Next(JobState state, JobSignal signal) => (state, signal) switch
    {
        (Queued or Waiting, Leased) => Starting,
        (Queued or Waiting or Starting or Recovering, MustWait) => Waiting,
        (Starting or Waiting or Recovering, Started) => Running,
        (Queued or Waiting, StageBegan) => Running,
        (Starting or Waiting, StartRefused) => Failed,
        (Running or Recovering or Waiting, Held) => Paused, // what was waited for is done, and a person has to act before the next segment
        (Paused or Recovering, Continued) => Running,
        (Starting or Running or Paused or Recovering, Lost) => Recovering,
        (Starting or Running or Paused or Recovering, StopRequested) => Stopping,
        (Queued or Waiting, StopRequested) => Cancelled, // no current has flowed yet
        (Stopping, StopDone) => Cancelled,
        (Stopping, ProgramEnded) => Cancelled, // it ended by itself while the stop was on its way
        (Running or Recovering or Paused or Waiting, ProgramEnded) => Completed, // a job that waits for a person can end with what was waited for
        (Starting or Running or Recovering or Paused or Stopping, Broken) => Failed,
        (Running or Recovering or Paused or Waiting, SegmentEnded) => Queued,
        (Failed or Cancelled, ContinueRequested) => Queued, // the one way back: a new segment of what is left
        _ => null,
    };

    public static bool IsFinal(this JobState state) => state is Completed or Failed or Cancelled;
}
