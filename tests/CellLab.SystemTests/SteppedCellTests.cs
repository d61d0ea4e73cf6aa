using System.Globalization;
using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>A cell that the service steps itself (a Modbus supply and sink) when the service is told to end, and when it is killed.</summary>
public sealed class SteppedCellTests : IAsyncLifetime
{
    /// <summary>0.5C of 0.5 Ah for 400 lab seconds, A h.</summary>
    private const double ChargedAmpereHours = 0.25 * 400 / 3600;

    /// <summary>Of its reading, for the supply's current.</summary>
    private const double Tolerance = 0.015;

    private const string Charge = """
        {
          "unicycler": {"version": "0.4.6"},
          "sample": {"name": "$NAME"},
          "record": {"time_s": 5},
          "safety": {"max_voltage_V": 4.9, "min_voltage_V": 1.8, "delay_s": 5},
          "method": [{"step": "constant_current", "rate_C": 0.5, "until_time_s": 400, "until_voltage_V": 4.8}]
        }
        """;

    private const string Bench = """
        { "cells": [{ "name": "pouch", "material": "LMNO", "parallel": 1000 }],
          "devices": [{ "id": "psb1", "driver": "ModbusCycler", "model": "ea-psb", "nominal_amperes": 6, "cell": "pouch", "noise": false, "pipeline": "pouch-1" }] }
        """;

    private static readonly TimeSpan SayLimit = TimeSpan.FromSeconds(60);
    private Lab lab = null!;
    private PsbTerminals terminals = null!;
    private string job = "";

    public async Task InitializeAsync()
    {
        lab = await Lab.StartAsync(new LabOptions { BenchText = Bench, Speed = 20 });
        terminals = new PsbTerminals(lab.Configuration, "psb1");
        RunResult submitted = await lab.CliAsync(
            "job", "submit", lab.Folder.Write("charge.json", Charge), "--pipeline", "pouch-1", "--sample", "pouch-cell", "--mass", "2000mg", "--capacity", "250mAh/g", "--json");
        Assert.True(submitted.ExitCode == 0, $"{submitted}\n{lab.Service}");
        job = JsonDocument.Parse(submitted.Output).RootElement.GetProperty("job").GetString()!;
        await lab.WaitForRecordsAsync(job, 6);
        Assert.True(await terminals.AreOnAsync(), lab.Service.ToString());
    }

    public async Task DisposeAsync() => await lab.DisposeAsync();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task An_interrupt_is_refused_once_and_an_ordered_end_opens_the_cell_and_pauses_its_job(string signal)
    {
        await lab.Service.SendAsync("INT");
        await Eventually.TrueAsync("the service to refuse its end", SayLimit, () => lab.Service.Said.Contains("Not ended: the service itself steps", StringComparison.Ordinal));
        long before = (await lab.Api.GetAsync($"jobs/{job}")).Count("stored");
        Assert.Equal("Running", (await lab.WaitForRecordsAsync(job, before + 2)).State());
        Assert.True(await terminals.AreOnAsync());

        Assert.Equal(0, await lab.Service.SignalAsync(signal));

        Assert.False(await terminals.AreOnAsync());
        Assert.Contains($"job {job} (pouch-cell) on psb1.", lab.Service.Said, StringComparison.Ordinal);
        Assert.Contains("opened, confirmed; the job is paused and can be resumed", lab.Service.Said, StringComparison.Ordinal);
        await lab.StartServiceAsync();
        Assert.Equal("Paused", (await lab.Api.GetAsync($"jobs/{job}")).State());
        Assert.False(await terminals.AreOnAsync());
        await ResumeAsync();
        await RequireChargeAsync(await lab.CompleteWithoutGapAsync(job));
    }

    [Fact]
    public async Task After_a_kill_the_output_is_off_before_the_device_is_online_and_the_job_waits_for_a_person_with_an_alarm()
    {
        await lab.Service.KillAsync();
        Assert.True(await terminals.AreOnAsync(), "nobody is there to switch it off");

        await lab.StartServiceAsync();

        Assert.False(await terminals.AreOnAsync());
        JsonElement held = await lab.WaitAsync(job, "to be held", answer => answer.State() == "Paused");
        Assert.Equal(1, held.GetProperty("start_count").GetInt32());
        RunResult alarms = await lab.CliAsync("alarm", "list", "--json");
        Assert.Contains("the output was switched off at start-up. What flowed after the last stored row is not counted", alarms.Output, StringComparison.Ordinal);
        Assert.Contains(await EventTextsAsync(), text => text.Contains("switched off at start-up", StringComparison.Ordinal));
        Assert.False(await terminals.AreOnAsync());

        await ResumeAsync();
        await RequireChargeAsync(await lab.CompleteWithoutGapAsync(job));
    }

    private async Task ResumeAsync()
    {
        RunResult resumed = await lab.CliAsync("job", "resume", job);
        Assert.True(resumed.ExitCode == 0, $"{resumed}\n{lab.Service}");
    }

    /// <summary>The step has its whole time under current, the pause does not count, and the output is off at the end.</summary>
    private async Task RequireChargeAsync(JsonElement ended)
    {
        JsonElement rows = await lab.Api.GetAsync(string.Create(CultureInfo.InvariantCulture, $"jobs/{job}/records?first_seq={ended.Count("stored")}&max=1"));
        double charged = rows.GetProperty("step_capacity_ah").EnumerateArray().Last().GetDouble();
        Assert.InRange(charged / ChargedAmpereHours, 1 - Tolerance, 1 + Tolerance);
        Assert.False(await terminals.AreOnAsync());
    }

    private async Task<IReadOnlyList<string>> EventTextsAsync() =>
        [.. (await lab.Api.GetAsync($"jobs/{job}/events")).GetProperty("events").EnumerateArray().Select(told => told.GetProperty("text").GetString()!)];
}
