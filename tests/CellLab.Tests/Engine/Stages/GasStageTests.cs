using System.Text.Json;
using CellLab.Core.Devices;
using CellLab.Core.Events;
using CellLab.Core.Jobs;
using CellLab.Core.Programs;
using CellLab.Engine.Desk;
using CellLab.Engine.Setup;
using CellLab.TestKit.Waiting;

namespace CellLab.Tests.Engine.Stages;

/// <summary>A mass spectrometer beside a job: readiness, background, calibration, the run, and its loss.</summary>
public sealed class GasStageTests
{
    [Fact]
    public async Task Background_calibration_and_run_are_measured_with_the_valves_where_they_belong_and_nothing_flows_beside_the_bottle()
    {
        await using var bench = await GasBench.StartAsync();
        var running = new List<GasRoute>();
        bench.Panel.OnSwitch = route => running.AddRange(bench.Engine.Cell.State == ChannelState.Running ? [route] : []);
        Job job = await bench.SubmitAsync();

        await bench.CyclerRunsAsync();
        int before = (await bench.IonsAsync(job.Id)).Count;
        await bench.MoreIonsAsync(job.Id, before + 10); // it measures while the cycler runs
        bench.Engine.FinishOneCycle();
        await bench.Engine.ReachesAsync(job.Id, JobState.Completed);

        Assert.Equal([GasRoute.Cell, GasRoute.Bottle, GasRoute.Cell], bench.Panel.Routes);
        Assert.Empty(running);
        var ions = await bench.IonsAsync(job.Id);
        Assert.Equal(["run cell", "background cell", "calibration bottle"], ions.Select(ion => ion.Phase).Where(phase => phase != "run").Distinct()); // "run" alone: while the valves turn
        Assert.Equal("run cell", ions[^1].Phase);
        Assert.Equal([32.0, 36.0, 44.0], ions.Take(3).Select(ion => ion.MassToCharge));
        Assert.Equal(ions.Count / 3, ions.Select(ion => ion.Pass).Distinct().Count());
        await Eventually.TrueAsync(() => bench.Spectrometer.Plan is null, "the plan to end with the job");
    }

    [Fact]
    public async Task Carrier_flow_and_plan_stand_with_the_job_as_they_were_when_it_began()
    {
        await using var bench = await GasBench.StartAsync();
        Job job = await bench.SubmitAsync();
        await bench.CyclerRunsAsync();

        JobEvent setup = (await bench.Engine.Journal.ReadEventsAsync(job.Id, 0, 1000, default)).Single(told => told.Kind == "ms-setup");
        JsonElement data = JsonDocument.Parse(setup.DataJson!).RootElement;

        Assert.Equal(("rga1.gas", 0.005), (data.GetProperty("device").GetString(), data.GetProperty("interval_s").GetDouble()));
        JsonElement carrier = data.GetProperty("carrier");
        Assert.Equal((0.5, 25.0, 101325.0, 0.01), (Figure("flow_ml_min"), Figure("reference_c"), Figure("reference_pa"), Figure("relative_uncertainty")));
        Assert.Equal(3.406e-7, Figure("mol_per_s"), 1e-10);
        JobEvent[] phases = [.. (await bench.Engine.Journal.ReadEventsAsync(job.Id, 0, 1000, default)).Where(told => told.Kind == "ms-phase")];
        Assert.Equal(1000, JsonDocument.Parse(phases.Single(told => told.Text.Contains("calibration", StringComparison.Ordinal)).DataJson!).RootElement.GetProperty("fraction_ppm").GetDouble());

        double Figure(string member) => carrier.GetProperty(member).GetDouble();
    }

    [Fact]
    public async Task Emission_that_is_off_keeps_the_job_from_starting_unless_a_person_has_stated_what_the_gauge_reads()
    {
        await using var bench = await GasBench.StartAsync();
        bench.Spectrometer.EmissionOn = false;
        Job job = await bench.SubmitAsync();

        await bench.Engine.ReachesAsync(job.Id, JobState.Waiting);
        Assert.Contains("the emission of rga1.gas is off", (await bench.Engine.JobAsync(job.Id)).StateReason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DeskRefusedException>(() => bench.Engine.Engine.ResumeAsync(job.Id, "tester", default));
        bench.Spectrometer.EmissionOn = true;
        await bench.Engine.Engine.ResumeAsync(job.Id, "tester", default);
        await bench.CyclerRunsAsync();

        await using var stated = await GasBench.StartAsync(chamberPascals: 1.3e-3);
        stated.Spectrometer.EmissionOn = false;
        await stated.SubmitAsync();
        await stated.CyclerRunsAsync();
        Assert.Equal(1.3e-3, stated.Spectrometer.LitAtPascals);
    }

    [Fact]
    public async Task A_spectrometer_that_is_lost_is_told_once_and_the_job_goes_on_with_a_gap_that_is_told()
    {
        await using var bench = await GasBench.StartAsync();
        Job job = await bench.SubmitAsync();
        await bench.CyclerRunsAsync();
        bench.Spectrometer.Broken = new DeviceFaultException(FaultKind.Rejected, bench.Spectrometer.Id, "the filament is burnt");

        await bench.Engine.AlarmAsync("gas-");
        Assert.Equal(JobState.Running, (await bench.Engine.JobAsync(job.Id)).State);
        int before = (await bench.IonsAsync(job.Id)).Count;
        bench.Spectrometer.Broken = null;
        await bench.MoreIonsAsync(job.Id, before + 3);

        await Eventually.TrueAsync(async () => (await bench.EventsAsync(job.Id, "gap")).Length == 1, "the gap to be told");
        Assert.Single(await bench.EventsAsync(job.Id, "ms-lost"));
        Assert.Equal(2, bench.Spectrometer.Plans);
        var passes = (await bench.IonsAsync(job.Id)).Select(ion => ion.Pass).Distinct().ToArray();
        Assert.Equal(passes.Order(), passes); // a new plan counts on
    }

    [Fact]
    public async Task A_source_that_has_tripped_is_switched_on_again_by_the_person_who_resumes_and_not_before()
    {
        await using var bench = await GasBench.StartAsync(chamberPascals: 1e-3);
        (bench.Spectrometer.EmissionOn, bench.Spectrometer.Errors) = (false, ["filament: pressure too high"]);
        Job job = await bench.SubmitAsync();

        await bench.SaysAsync(job.Id, "reports filament: pressure too high; mend that, then resume the job: the emission is switched on again then");
        Assert.Null(bench.Spectrometer.LitAtPascals);
        var refused = await Assert.ThrowsAsync<DeskRefusedException>(() => bench.Engine.Engine.ResumeAsync(job.Id, "anna", default));
        Assert.Contains("reports filament: pressure too high; mend that", refused.Message, StringComparison.Ordinal);
        (bench.Spectrometer.EmissionOn, bench.Spectrometer.IsMended) = (false, true);
        await bench.Engine.Engine.ResumeAsync(job.Id, "anna", default);

        await bench.CyclerRunsAsync();
        Assert.Equal((true, 1e-3), (bench.Spectrometer.EmissionOn, bench.Spectrometer.LitAtPascals));
    }

    [Theory]
    [InlineData(GasLoss.Hold)]
    [InlineData(GasLoss.GoOn)]
    public async Task A_source_that_trips_while_the_job_runs_stays_off_until_a_person_resumes_and_then_the_gap_ends(GasLoss policy)
    {
        await using var bench = await GasBench.StartAsync(onFailure: policy, chamberPascals: 1e-3);
        Job job = await bench.SubmitAsync();
        await bench.CyclerRunsAsync();
        await bench.Engine.ReachesAsync(job.Id, JobState.Running);
        (bench.Spectrometer.EmissionOn, bench.Spectrometer.Errors) = (false, ["no filament"]);

        await bench.Engine.AlarmAsync("gas-");
        Assert.Contains("stays off", (await bench.Engine.Journal.ReadAlarmsAsync(false, default)).Single(alarm => alarm.Id == $"gas-{job.Id}").Text, StringComparison.Ordinal);
        if (policy == GasLoss.GoOn)
        {
            await bench.Engine.Engine.PauseAsync(job.Id, "anna", default);
        }

        await bench.Engine.ReachesAsync(job.Id, JobState.Paused);
        Assert.Null(bench.Spectrometer.LitAtPascals);
        int before = (await bench.IonsAsync(job.Id)).Count;
        bench.Spectrometer.IsMended = true;
        await bench.Engine.Engine.ResumeAsync(job.Id, "anna", default);

        await bench.MoreIonsAsync(job.Id, before + 3);
        Assert.Equal((true, 1e-3), (bench.Spectrometer.EmissionOn, bench.Spectrometer.LitAtPascals));
        await Eventually.TrueAsync(async () => (await bench.EventsAsync(job.Id, "gap")).Length == 1, "the gap to be told");
        Assert.False((await bench.Engine.Journal.ReadAlarmsAsync(false, default)).Single(alarm => alarm.Id == $"gas-{job.Id}").Active);
    }

    [Fact]
    public async Task A_job_that_goes_on_without_its_spectrometer_is_resumed_to_light_the_source_and_nothing_else_happens_to_it()
    {
        await using var bench = await GasBench.StartAsync(chamberPascals: 1e-3);
        Job job = await bench.SubmitAsync();
        await bench.CyclerRunsAsync();
        await bench.Engine.ReachesAsync(job.Id, JobState.Running);
        (bench.Spectrometer.EmissionOn, bench.Spectrometer.IsMended) = (false, true);
        await bench.Engine.AlarmAsync("gas-");
        int before = (await bench.IonsAsync(job.Id)).Count;

        await bench.Engine.Engine.ResumeAsync(job.Id, "anna", default);

        await bench.MoreIonsAsync(job.Id, before + 3);
        Assert.Equal(1, bench.Engine.Cell.Starts);
        Assert.Contains(await bench.Engine.Journal.ReadAuditAsync(0, 1000, default), entry => entry is { Who: "anna", Command: "job resume" });
        await Assert.ThrowsAsync<DeskRefusedException>(() => bench.Engine.Engine.ResumeAsync(job.Id, "anna", default)); // there is nothing to resume any more
    }

    [Fact]
    public async Task A_cell_that_ended_with_a_calibration_is_known_by_where_it_has_relaxed_to()
    {
        await using var bench = await GasBench.StartAsync();
        Job job = await bench.SubmitAsync(program => program with { Steps = [.. program.Steps, GasBench.Step(3, "dems_background")] });
        await bench.CyclerRunsAsync();
        bench.Engine.Cell.Volts = 3.05;
        bench.Engine.FinishOneCycle();
        await bench.Engine.ReachesAsync(job.Id, JobState.Completed);
        foreach (double relaxed in new[] { 3.1, 3.2, 3.3 }) // from 3.2 V under load in the last record
        {
            bench.Engine.Cell.Volts = relaxed;
            await Eventually.TrueAsync(() => bench.Engine.Engine.FindChannel(bench.Engine.Cell.Address)?.Status.VoltageVolts == relaxed, "the idle channel to be read");
        }

        await bench.SubmitAsync(program => program); // would be refused 50 mV away from where the cell was last seen
    }

    [Fact]
    public async Task The_alarm_of_a_lost_spectrometer_outlasts_the_segment_in_which_it_was_lost()
    {
        await using var bench = await GasBench.StartAsync();
        Job job = await bench.SubmitAsync(program => program with
        {
            Steps = [.. program.Steps, GasBench.Step(3, "operator_task", OtherInstrumentStep.Person, ("text", "look")), GasBench.Step(4, "dems_background")],
        });
        await bench.CyclerRunsAsync();
        bench.Spectrometer.Broken = new DeviceFaultException(FaultKind.Rejected, bench.Spectrometer.Id, "the filament is burnt");
        await bench.Engine.AlarmAsync("gas-");

        bench.Engine.FinishOneCycle();
        await bench.Engine.ReachesAsync(job.Id, JobState.Waiting);
        await bench.Engine.AlarmAsync("stage-");

        Assert.True((await bench.Engine.Journal.ReadAlarmsAsync(false, default)).Single(alarm => alarm.Id == $"gas-{job.Id}").Active);
    }

    [Fact]
    public async Task A_spectrometer_that_answers_without_passes_is_lost_too()
    {
        await using var bench = await GasBench.StartAsync();
        Job job = await bench.SubmitAsync();
        await bench.CyclerRunsAsync();
        bench.Spectrometer.IsEmpty = true;

        await AlarmSaysAsync(bench, "no whole pass");
        bench.Spectrometer.IsEmpty = false;
        await Eventually.TrueAsync(async () => (await bench.EventsAsync(job.Id, "gap")).Length == 1, "the gap to be told");
        Assert.Single(await bench.EventsAsync(job.Id, "ms-lost"));
    }

    [Fact]
    public async Task A_defect_of_a_driver_is_a_loss_and_not_the_end_of_the_watch()
    {
        await using var bench = await GasBench.StartAsync();
        Job job = await bench.SubmitAsync();
        await bench.CyclerRunsAsync();
        bench.Spectrometer.Defect = new InvalidOperationException("nobody expected this");

        await AlarmSaysAsync(bench, "nobody expected this");
        int before = (await bench.IonsAsync(job.Id)).Count;
        bench.Spectrometer.Defect = null;
        await bench.MoreIonsAsync(job.Id, before + 3);
    }

    [Fact]
    public async Task At_the_end_of_a_job_the_valves_lead_to_the_cell_though_the_spectrometer_is_away_and_the_panel_comes_late()
    {
        await using var bench = await GasBench.StartAsync();
        Job job = await bench.SubmitAsync();
        await Eventually.TrueAsync(() => bench.Panel.Routes is [.., GasRoute.Bottle], "the calibration");
        bench.Spectrometer.Broken = new DeviceFaultException(FaultKind.Rejected, bench.Spectrometer.Id, "it is away");
        bench.Panel.Broken = new DeviceFaultException(FaultKind.Rejected, bench.Panel.Id, "the module is away");
        await bench.Engine.Engine.StopAsync(job.Id, "test", "tester", default);

        await AlarmSaysAsync(bench, "the module is away");
        bench.Panel.Broken = null;
        await Eventually.TrueAsync(() => bench.Panel.Routes is [.., GasRoute.Cell], "the carrier to go through the cell");
    }

    [Theory]
    [InlineData(GasLoss.Hold, JobState.Paused)]
    [InlineData(GasLoss.Stop, JobState.Cancelled)]
    public async Task The_pipeline_says_whether_the_job_is_held_or_stopped_without_its_spectrometer(GasLoss policy, JobState state)
    {
        await using var bench = await GasBench.StartAsync(onFailure: policy);
        Job job = await bench.SubmitAsync();
        await bench.CyclerRunsAsync();
        await bench.Engine.ReachesAsync(job.Id, JobState.Running);

        bench.Spectrometer.Broken = new DeviceFaultException(FaultKind.Rejected, bench.Spectrometer.Id, "the filament is burnt");

        await bench.Engine.ReachesAsync(job.Id, state);
    }

    [Fact]
    public async Task A_panel_that_is_turned_by_hand_asks_a_person_before_background_and_calibration_and_after_it()
    {
        await using var bench = await GasBench.StartAsync(byHand: true);
        Job job = await bench.SubmitAsync();

        await bench.SaysAsync(job.Id, "Turn the valves to Cell, then resume the job");
        await bench.Engine.AlarmAsync("stage-");
        await bench.Engine.Engine.ResumeAsync(job.Id, "anna", default);
        await bench.SaysAsync(job.Id, "Turn the valves to Bottle (O2 and CO2, 1000 ppm), then resume the job");
        Assert.Equal(JobState.Waiting, (await bench.Engine.JobAsync(job.Id)).State);
        await bench.Engine.Engine.ResumeAsync(job.Id, "anna", default);
        await bench.SaysAsync(job.Id, "Turn the valves to Cell, then resume the job");
        Assert.Equal((JobState.Paused, 0), ((await bench.Engine.JobAsync(job.Id)).State, bench.Engine.Cell.Starts));
        await bench.Engine.Engine.ResumeAsync(job.Id, "anna", default);

        await bench.CyclerRunsAsync();
        Assert.Equal([GasRoute.Cell, GasRoute.Bottle, GasRoute.Cell], bench.Panel.Routes);
    }

    [Fact]
    public async Task A_spectrometer_that_the_rest_of_the_job_does_not_need_stays_off_over_a_restart()
    {
        await using var bench = await GasBench.StartAsync();
        Job job = await bench.SubmitAsync(program => program with
        {
            Steps = [.. program.Steps.Take(2), GasBench.Step(3, "dems_calibration", "ms", ("gas", "O2")), GasBench.Step(4, "operator_task", OtherInstrumentStep.Person, ("text", "look at it"))],
        });
        await bench.CyclerRunsAsync();
        bench.Engine.FinishOneCycle();
        await bench.SaysAsync(job.Id, "look at it");
        Assert.True((await bench.EventsAsync(job.Id, "ms-finished")).Length == 1, string.Join("\n", (await bench.Engine.Journal.ReadEventsAsync(job.Id, 0, 1000, default)).Select(told => $"{told.Kind}: {told.Text}")));
        int starts = bench.Spectrometer.Plans;

        await bench.Engine.RestartAsync();
        await bench.SaysAsync(job.Id, "look at it");
        await bench.Engine.Engine.ResumeAsync(job.Id, "anna", default);
        await bench.Engine.ReachesAsync(job.Id, JobState.Completed);

        Assert.Equal(starts, bench.Spectrometer.Plans);
    }

    [Fact]
    public async Task A_restart_takes_the_spectrometer_up_again_and_does_the_background_anew()
    {
        await using var bench = await GasBench.StartAsync();
        Job job = await bench.SubmitAsync(program => program with
        {
            Steps = [GasBench.Step(1, "dems_background") with { ExpectedSeconds = 3600 }, .. program.Steps.Select(step => step with { Number = step.Number + 1 })],
        });
        await bench.MoreIonsAsync(job.Id, 9);

        await bench.Engine.RestartAsync();

        int before = (await bench.IonsAsync(job.Id)).Count;
        await bench.MoreIonsAsync(job.Id, before + 9);
        await bench.SaysAsync(job.Id, "dems_background: 0 of 60 min on rga1.gas");
        await bench.Engine.Engine.StopAsync(job.Id, "enough", "tester", default);
        Assert.Equal((JobState.Cancelled, 0), ((await bench.Engine.JobAsync(job.Id)).State, bench.Engine.Cell.Starts));
    }

    private static Task AlarmSaysAsync(GasBench bench, string part) => Eventually.TrueAsync(
        async () => (await bench.Engine.Journal.ReadAlarmsAsync(true, default)).Any(alarm => alarm.Severity == AlarmSeverity.Critical && alarm.Text.Contains(part, StringComparison.Ordinal)), $"an alarm with '{part}'");
}
