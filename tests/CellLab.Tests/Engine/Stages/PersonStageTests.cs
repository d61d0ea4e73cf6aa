using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine.Stages;

/// <summary>Steps of a job that wait: for a person, for a cell to be taken out, for another instrument.</summary>
public sealed class PersonStageTests
{
    [Fact]
    public async Task A_task_waits_for_a_person_whose_name_and_time_are_kept_over_a_restart_too()
    {
        await using var bench = await GasBench.StartAsync();
        Job job = await bench.SubmitAsync(program => Before(program, GasBench.Step(1, "operator_task", OtherInstrumentStep.Person, ("text", "align the window"))));

        await bench.SaysAsync(job.Id, "align the window; then resume the job");
        await bench.Engine.RestartAsync();
        Assert.Equal((JobState.Waiting, 0), ((await bench.Engine.JobAsync(job.Id)).State, bench.Engine.Cell.Starts));
        await bench.Engine.AlarmAsync("stage-");
        await bench.Engine.Engine.ResumeAsync(job.Id, "anna", default);

        await bench.CyclerRunsAsync();
        Assert.Contains(await bench.EventsAsync(job.Id, "stage"), text => text.Contains("done, confirmed by anna at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_harvest_writes_the_state_of_the_cell_and_the_job_ends_when_nothing_follows()
    {
        await using var bench = await GasBench.StartAsync();
        Job job = await bench.SubmitAsync(program => program with { Steps = [.. program.Steps, GasBench.Step(3, "harvest", OtherInstrumentStep.Person, ("text", "glove box 2"))] });
        await bench.CyclerRunsAsync();
        bench.Engine.FinishOneCycle();

        await bench.SaysAsync(job.Id, "take the cell with sample 'lmno-1' out of cycler1.a (glove box 2), then resume the job");
        await bench.Engine.Engine.ResumeAsync(job.Id, "anna", default);
        await bench.Engine.ReachesAsync(job.Id, JobState.Completed);

        JobEvent record = (await bench.Engine.Journal.ReadEventsAsync(job.Id, 0, 1000, default)).Single(told => told.Kind == "harvest");
        JsonElement data = JsonDocument.Parse(record.DataJson!).RootElement;
        Assert.Equal(("lmno-1", "anna", 3.2), (data.GetProperty("sample").GetString(), data.GetProperty("by").GetString(), data.GetProperty("voltage_v").GetDouble()));
        Assert.Equal(-100, data.GetProperty("step_capacity_mah_g").GetDouble(), 1e-9); // 0.2 mAh of 2 mg
        Assert.Equal(1, data.GetProperty("cycle").GetInt32());
        Assert.Equal(0, data.GetProperty("q_total_mah_g").GetDouble(), 1e-9); // as much out as in
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_harvest_in_the_middle_nothing_is_started_before_a_person_has_put_the_relaxed_cell_back(bool afterRestart)
    {
        await using var bench = await GasBench.StartAsync();
        Job job = await HarvestedAsync(bench);
        JsonElement data = JsonElement.Parse((await bench.Engine.Journal.ReadEventsAsync(job.Id, 0, 1000, default)).Single(told => told.Kind == "harvest").DataJson!);
        Assert.Equal((4.6, 4.41), (data.GetProperty("voltage_v").GetDouble(), data.GetProperty("open_circuit_v").GetDouble()));
        Assert.Equal(50, data.GetProperty("step_capacity_mah_g").GetDouble(), 1e-9);

        bench.Engine.Cell.Volts = 0.1; // the empty place
        await SeenAsync(bench);
        if (afterRestart)
        {
            await bench.Engine.RestartAsync();
        }

        await bench.Engine.Engine.ResumeAsync(job.Id, "anna", default);
        await bench.Engine.ReachesAsync(job.Id, JobState.Waiting);
        Assert.Equal(1, bench.Engine.Cell.Starts);
        bench.Engine.Cell.Volts = 4.30; // 110 mV lower than when it was taken out: it has relaxed on
        await bench.Engine.Engine.ResumeAsync(job.Id, "anna", default);
        await Eventually.TrueAsync(() => bench.Engine.Cell.Starts == 2, "the discharge to start");
    }

    [Theory]
    [InlineData(4.1, null, false)] // more than relaxing explains: another cell?
    [InlineData(4.1, "two weeks in a vial", true)]
    [InlineData(4.47, null, false)] // after a charge it does not rise
    public async Task A_harvested_cell_that_comes_back_otherwise_is_refused_at_once_or_accepted_with_a_reason_although_one_was_given_before(double volts, string? reason, bool starts)
    {
        await using var bench = await GasBench.StartAsync();
        Job job = await HarvestedAsync(bench);

        bench.Engine.Cell.Volts = volts;
        Job answered = await bench.Engine.Engine.ResumeAsync(job.Id, reason, "anna", default);

        if (starts)
        {
            await Eventually.TrueAsync(() => bench.Engine.Cell.Starts == 2, "the discharge to start");
            return;
        }

        Assert.Equal(JobState.Waiting, answered.State);
        Assert.Contains("was taken out at 4.410 V", answered.StateReason, StringComparison.Ordinal);
        Assert.Equal(1, bench.Engine.Cell.Starts);
    }

    [Fact]
    public async Task A_barrier_says_what_it_waits_for_and_a_person_may_go_on_without()
    {
        await using var bench = await GasBench.StartAsync();
        Job job = await bench.SubmitAsync(program => Before(program, GasBench.Step(1, "barrier", "ms", ("wait_for", "ms"), ("timeout_s", "0.05"))));

        await bench.SaysAsync(job.Id, "waits for ms (rga1.gas): less than 10 min measured yet; its time is over, resume the job to go on without it");
        await bench.Engine.AlarmAsync("stage-");
        Assert.Equal(0, bench.Engine.Cell.Starts);
        await bench.Engine.Engine.ResumeAsync(job.Id, "anna", default);

        await bench.CyclerRunsAsync();
        Assert.Contains(await bench.EventsAsync(job.Id, "stage"), text => text.Contains("anna goes on without waiting for ms", StringComparison.Ordinal));
    }

    /// <summary>Begun with a reason for its voltage, charged to 4.6 V under current, relaxed to 4.41 V and taken out.</summary>
    private static async Task<Job> HarvestedAsync(GasBench bench)
    {
        Job fresh = EngineBench.NewJob();
        ProgramStep[] steps = [fresh.Program.Steps[0], GasBench.Step(2, "harvest", OtherInstrumentStep.Person), fresh.Program.Steps[1] with { Number = 3 }];
        Job job = await bench.Engine.Engine.SubmitAsync(fresh with { AcceptOcvReason = "it was stored", Program = fresh.Program with { Steps = steps } }, default);
        await bench.CyclerRunsAsync();
        bench.Engine.Cell.Add(1, 1, 0, 3.2, 5e-5, 0);
        bench.Engine.Cell.Add(1, 1, 10, 4.6, 5e-5, 1e-4);
        bench.Engine.Cell.State = ChannelState.Finished;
        bench.Engine.Cell.Volts = 4.55;
        await bench.SaysAsync(job.Id, "take the cell");
        bench.Engine.Cell.Volts = 4.41; // relaxed by more than the 50 mV that a cell may differ when it comes back
        await SeenAsync(bench);
        await bench.Engine.Engine.ResumeAsync(job.Id, "anna", default);
        await bench.Engine.ReachesAsync(job.Id, JobState.Paused);
        return job;
    }

    /// <summary>The Engine has taken in what the channel shows now: a poll that begins afterwards is followed by another.</summary>
    private static async Task SeenAsync(GasBench bench)
    {
        int polls = 0;
        bench.Engine.Cycler.BeforePoll = _ => Task.FromResult(Interlocked.Increment(ref polls));
        await Eventually.TrueAsync(() => Volatile.Read(ref polls) >= 2, "two more polls");
        bench.Engine.Cycler.BeforePoll = null;
    }

    private static CellProgram Before(CellProgram cycle, OtherInstrumentStep step) =>
        cycle with { Steps = [step, .. cycle.Steps.Select(own => own with { Number = own.Number + 1 })] };
}
