using CellLab.Core.Jobs;

namespace CellLab.Tests.Core.Jobs;

public sealed class JobStateMachineTests
{
    [Fact]
    public void A_final_state_accepts_no_signal_but_the_wish_of_a_person_to_continue()
    {
        foreach (JobState state in Enum.GetValues<JobState>().Where(state => state.IsFinal()))
        {
            Assert.All(Enum.GetValues<JobSignal>().Where(signal => signal != JobSignal.ContinueRequested), signal => Assert.Null(JobStateMachine.Next(state, signal)));
        }
    }

    [Fact]
    public void Every_live_state_can_be_stopped_and_leads_to_an_end()
    {
        foreach (JobState state in Enum.GetValues<JobState>().Where(state => !state.IsFinal() && state != JobState.Stopping))
        {
            JobState? next = JobStateMachine.Next(state, JobSignal.StopRequested);
            Assert.True(next is JobState.Stopping or JobState.Cancelled, $"{state} cannot be stopped");
        }

        Assert.Equal(JobState.Cancelled, JobStateMachine.Next(JobState.Stopping, JobSignal.StopDone));
    }

    [Fact]
    public void Nothing_starts_a_job_a_second_time()
    {
        foreach (JobState state in new[] { JobState.Starting, JobState.Running, JobState.Paused, JobState.Recovering, JobState.Stopping })
        {
            Assert.Null(JobStateMachine.Next(state, JobSignal.Leased));
        }
    }

    [Fact]
    public void Only_a_confirmed_stop_or_end_leaves_Stopping()
    {
        var next = Enum.GetValues<JobSignal>()
            .Select(signal => JobStateMachine.Next(JobState.Stopping, signal))
            .Where(state => state is not null);
        Assert.All(next, state => Assert.True(state is JobState.Cancelled or JobState.Failed));
    }

    [Theory]
    [InlineData(JobState.Running, JobSignal.ProgramEnded, JobState.Completed)]
    [InlineData(JobState.Running, JobSignal.Lost, JobState.Recovering)]
    [InlineData(JobState.Recovering, JobSignal.Continued, JobState.Running)]
    [InlineData(JobState.Running, JobSignal.Held, JobState.Paused)]
    [InlineData(JobState.Starting, JobSignal.StartRefused, JobState.Failed)]
    [InlineData(JobState.Queued, JobSignal.StopRequested, JobState.Cancelled)]
    public void The_usual_moves_are_there(JobState from, JobSignal signal, JobState to) => Assert.Equal(to, JobStateMachine.Next(from, signal));
}
