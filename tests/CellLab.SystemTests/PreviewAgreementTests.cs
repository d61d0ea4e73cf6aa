using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>What the preview says of a protocol is what the bench then does with it, through service, driver, sockets and simulated tester.</summary>
public sealed class PreviewAgreementTests
{
    private const string Protocol = """
        celllab_protocol: 1
        window: 2.0-4.8 V
        record: {time_s: 10}
        blocks:
          fast:
            - Charge at 1C until 4.8 V
            - Hold at 4.8 V until C/5
            - Rest for 20 minutes
            - Discharge at 2C until 2.0 V
        method:
          - Rest for 10 minutes
          - Charge at C/2 for 30 minutes or until 4.8 V
          - Discharge at C/2 until 2.5 V
          - repeat: 3
            block: fast
        """;

    /// <summary>Each executed step within 1 %, and within what a tester cannot tell at its ends.</summary>
    private const double Share = 0.01;
    private const double TesterSeconds = 1;

    [Fact]
    public async Task A_preview_and_the_run_have_the_same_steps_and_durations()
    {
        await using Lab lab = await Lab.StartAsync();
        string protocol = lab.Folder.Write("mixed.yaml", Protocol);
        RunResult previewed = await lab.CliAsync(
            "protocol", "preview", protocol, "--mass", "2.00mg", "--capacity", "250mAh/g", "--cell", "LMNO", "--pipeline", "coin-1", "--json");
        Assert.True(previewed.ExitCode == 0, previewed.ToString());
        JsonElement[] expected = [.. JsonDocument.Parse(previewed.Output).RootElement.GetProperty("executed").EnumerateArray()];

        string job = await lab.SubmitAsync(protocol);
        await lab.CompleteWithoutGapAsync(job);
        JsonElement[] run = [.. (await lab.Api.GetAsync($"jobs/{job}/step-times")).GetProperty("step_times").EnumerateArray()];

        Assert.Equal(expected.Select(StepOf), run.Select(step => (step.GetProperty("step_count").GetInt32(), step.GetProperty("step_id").GetInt32())));
        Assert.All(expected.Zip(run), pair =>
        {
            double previewedSeconds = pair.First.GetProperty("duration_s").GetDouble();
            double seconds = pair.Second.GetProperty("duration_s").GetDouble();
            Assert.True(
                Math.Abs(seconds - previewedSeconds) <= Share * previewedSeconds + TesterSeconds,
                $"step {StepOf(pair.First)}: previewed {previewedSeconds} s, run {seconds} s");
        });
    }

    private static (int Count, int Step) StepOf(JsonElement executed) => (executed.GetProperty("step_count").GetInt32(), executed.GetProperty("step").GetInt32());
}
