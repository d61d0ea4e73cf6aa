using System.Text.Json;
using CellLab.SystemTests.Harness;
using Xunit.Abstractions;

namespace CellLab.SystemTests;

/// <summary>A rate map on a pouch of 1000 coin cells that the service steps itself over Modbus, two thousand times as fast as the wall, against the rehearsal of the
/// same protocol on the cell model.</summary>
public sealed class SteppedRateMapTests(ITestOutputHelper output)
{
    private const string RateMap = """
        celllab_protocol: 1
        window: 2.0-4.8 V
        record: {time_s: 10, voltage_V: 0.005}
        method:
          - Charge at 1C until 4.8 V
          - Discharge at 1C until 2.0 V
          - Charge at 2C until 4.8 V
          - Discharge at 2C until 2.0 V
          - Charge at 5C until 4.8 V
          - Discharge at 5C until 2.0 V
        """;

    private const string Bench = """
        { "cells": [{ "name": "pouch", "material": "LMNO", "parallel": 1000 }],
          "devices": [{ "id": "psb1", "driver": "ModbusCycler", "model": "ea-psb", "nominal_amperes": 6, "cell": "pouch", "noise": false, "pipeline": "pouch-1" }] }
        """;

    private const double OneCAmperes = 0.5;

    private static readonly double[] s_rates = [1, 1, 2, 2, 5, 5];

    private const double CapacityTolerance = 0.015;

    private const double CutOffVolts = 0.005;

    [Fact]
    public async Task Capacities_of_three_rates_are_those_of_the_cell_model_and_cut_offs_are_met_at_speed_2000()
    {
        await using Lab lab = await Lab.StartAsync(new LabOptions { BenchText = Bench });
        string protocol = lab.Folder.Write("rate-map.yaml", RateMap);
        JsonElement previewed = await JsonAsync(lab, "protocol", "preview", protocol, "--mass", "2.00mg", "--capacity", "250mAh/g", "--cell", "LMNO", "--json"); // one of the coin cells
        JsonElement submitted = await JsonAsync(lab, "job", "submit", protocol, "--pipeline", "pouch-1", "--sample", "pouch", "--mass", "2000mg", "--capacity", "250mAh/g", "--json");
        string job = submitted.GetProperty("job").GetString()!;
        long began = TimeProvider.System.GetTimestamp();

        await lab.CompleteWithoutGapAsync(job, seconds: 600);

        output.WriteLine($"{TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s on the wall");
        List<Row> rows = await RowsAsync(lab, job);
        Assert.Equal([1, 2, 3, 4, 5, 6], rows.Select(row => row.Step).Distinct());
        foreach (JsonElement step in previewed.GetProperty("executed").EnumerateArray())
        {
            int number = step.GetProperty("step").GetInt32();
            Row end = rows.Last(row => row.Step == number);
            double expected = s_rates[number - 1] * OneCAmperes * step.GetProperty("duration_s").GetDouble() / 3600;
            output.WriteLine(FormattableString.Invariant($"step {number}: {end.AmpereHours:F5} A h, expected {expected:F5}; {end.Volts:F4} V"));
            Assert.InRange(Math.Abs(end.AmpereHours) / expected, 1 - CapacityTolerance, 1 + CapacityTolerance);
            double cutOff = number % 2 == 1 ? 4.8 : 2.0;
            Assert.InRange(end.Volts, cutOff - CutOffVolts, cutOff + CutOffVolts);
        }

        Assert.InRange(rows.Max(row => row.Volts), 4.8 - CutOffVolts, 4.8 + CutOffVolts);
        Assert.InRange(rows.Min(row => row.Volts), 2.0 - CutOffVolts, 2.0 + CutOffVolts);
    }

    private static async Task<JsonElement> JsonAsync(Lab lab, params string[] words)
    {
        RunResult result = await lab.CliAsync(words);
        Assert.True(result.ExitCode == 0, $"{result}\n{lab.Service}");
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private static async Task<List<Row>> RowsAsync(Lab lab, string job)
    {
        JsonElement page = await lab.Api.GetAsync($"jobs/{job}/records?stream=cycler&first_seq=1&max=10000");
        Assert.Equal((await lab.Api.GetAsync($"jobs/{job}")).Count("stored"), page.GetProperty("voltage_v").GetArrayLength());
        return
        [
            .. page.GetProperty("step_id").EnumerateArray()
                .Zip(page.GetProperty("voltage_v").EnumerateArray(), page.GetProperty("step_capacity_ah").EnumerateArray())
                .Select(row => new Row(row.First.GetInt32(), row.Second.GetDouble(), row.Third.GetDouble())),
        ];
    }

    private sealed record Row(int Step, double Volts, double AmpereHours);
}
