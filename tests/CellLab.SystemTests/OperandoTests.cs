using System.Text.Json;
using CellLab.SystemTests.Harness;
using CellLab.SystemTests.Page;

namespace CellLab.SystemTests;

/// <summary>Cycler, potentiostat, mass spectrometer and gas panel on one cell of the full bench.</summary>
public sealed class OperandoTests(Browser browser) : IClassFixture<Browser>
{
    /// <summary>50 minutes of lab time.</summary>
    private const string Experiment = """
        celllab_protocol: 1
        name: operando
        window: 2.0-4.8 V
        blocks:
          spectrum:
            - {step: impedance_spectroscopy, amplitude_V: 0.01, start_frequency_Hz: 10000, end_frequency_Hz: 1, points_per_decade: 5}
        method:
          - spectrum
          - {step: dems_background, duration_s: 600}
          - {step: dems_calibration, gas: O2 and CO2 in Ar, fraction_ppm: 1000, duration_s: 900}
          - Charge at 0.1C for 20 minutes or until 4.8 V
          - Rest for 5 minutes
          - spectrum
        """;

    [Fact]
    public async Task Spectrum_background_calibration_charge_and_spectrum_run_as_one_job_with_one_source_at_a_time()
    {
        await using var lab = await Lab.StartAsync(new LabOptions { Bench = "config/benches/full.json", Speed = 200 });
        string job = await lab.SubmitAsync(lab.Folder.Write("operando.yaml", Experiment), "dems-1", "operando-cell");

        JsonElement ended = await lab.WaitAsync(job, "to end with all its records analysed", answer => answer.IsSettled(), seconds: 240);

        Assert.True(ended.State() == "Completed", $"{ended}\n{lab.Service}");
        Assert.Equal("complete", ended.GetProperty("verdict").GetString());
        JsonElement[] segments = [.. ended.GetProperty("segments").EnumerateArray()];
        Assert.Equal(
            ["pstat3.1", "rga1.gas", "rga1.gas", "cycler1.21-1-5", "pstat3.1"], segments.Select(segment => segment.GetProperty("channel").GetString()));
        Assert.Equal(1, ended.GetProperty("start_count").GetInt32());
        await RequireSpectraAsync(lab, job);
        await RequireIonsAsync(lab, job);
        await ShowAsync(lab, job);
        Assert.Equal(0, await lab.Bench.TerminateAsync()); // it tells of two sources at its end
        Assert.DoesNotContain("was switched on while", lab.Bench.Said, StringComparison.Ordinal);
    }

    /// <summary>The page shows what each instrument gave.</summary>
    private async Task ShowAsync(Lab lab, string job)
    {
        await using Tab tab = await browser.OpenAsync($"http://127.0.0.1:{lab.HttpPort}/#/job/{job}/impedance");
        foreach (string view in new[] { "impedance", "gas" })
        {
            await tab.GoAsync($"#/job/{job}/{view}");
            await tab.WaitForTextAsync($".tabs a[href$='{view}'][aria-current]", "");
            await tab.WaitForAsync(".card .plot svg path");
            await Screens.TakeAsync(tab, $"job-{view}");
        }

        tab.AssertNoErrors();
    }

    /// <summary>21 points each, falling in frequency, and the cell's resistance in them.</summary>
    private static async Task RequireSpectraAsync(Lab lab, string job)
    {
        JsonElement rows = await lab.Api.GetAsync($"jobs/{job}/records?stream=eis&max=1000");
        int[] spectra = [.. rows.GetProperty("spectrum").EnumerateArray().Select(value => value.GetInt32())];
        double[] hertz = [.. rows.GetProperty("frequency_hz").EnumerateArray().Select(value => value.GetDouble())];

        Assert.Equal([.. Enumerable.Repeat(1, 21), .. Enumerable.Repeat(2, 21)], spectra);
        Assert.Equal((10000.0, 1.0), (Math.Round(hertz[0], 1), Math.Round(hertz[20], 3)));
        Assert.All(rows.GetProperty("re_ohm").EnumerateArray(), value => Assert.True(value.GetDouble() > 0, $"a cell has a positive resistance: {value}"));
    }

    /// <summary>All phases are there, and the bottle's oxygen is seen in its own alone.</summary>
    private static async Task RequireIonsAsync(Lab lab, string job)
    {
        JsonElement rows = await lab.Api.GetAsync($"jobs/{job}/records?stream=ms&max=10000");
        string[] phases = [.. rows.GetProperty("phase").EnumerateArray().Select(value => value.GetString()!)];
        double[] masses = [.. rows.GetProperty("mz").EnumerateArray().Select(value => value.GetDouble())];
        double[] amperes = [.. rows.GetProperty("ion_current_a").EnumerateArray().Select(value => value.GetDouble())];
        double Oxygen(string phase) => Enumerable.Range(0, phases.Length).Where(i => phases[i] == phase && masses[i] == 32).Select(i => amperes[i]).TakeLast(5).Average();

        Assert.Equal(["run cell", "background cell", "calibration bottle"], phases.Where(phase => phase != "run").Distinct()); // "run" alone: while the valves turn
        Assert.Equal([18.0, 28.0, 32.0, 36.0, 44.0], masses.Distinct().Order());
        Assert.True(Oxygen("calibration bottle") > 10 * Oxygen("background cell"), $"{Oxygen("calibration bottle")} A with the bottle, {Oxygen("background cell")} A before");
    }
}
