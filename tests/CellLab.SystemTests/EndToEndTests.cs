using System.Text.Json;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

public sealed class EndToEndTests
{
    [Fact]
    public async Task A_job_is_acquired_stored_published_analysed_and_exported_in_full()
    {
        await using Lab lab = await Lab.StartAsync();
        string protocol = lab.Folder.Write("cycle.json", Protocols.Cycles(2));
        string job = await lab.SubmitAsync(protocol);
        await using Subscriber subscriber = Subscriber.Start(lab.MqttPort, $"celllab/v1/+/job/{job}/records");

        RunResult watched = await lab.CliAsync("job", "watch", job);
        JsonElement ended = await lab.CompleteWithoutGapAsync(job);

        Assert.Equal(0, watched.ExitCode);
        Assert.Equal(2, (await lab.Api.GetAsync($"jobs/{job}/cycles")).GetProperty("cycles").GetArrayLength());
        await CheckExportsAsync(lab, job, ended.Count("stored"));
    }

    [Fact]
    public async Task A_subscriber_gets_every_sequence_number_exactly_once_in_order()
    {
        await using Lab lab = await Lab.StartAsync();
        await using Subscriber subscriber = Subscriber.Start(lab.MqttPort, "celllab/v1/+/job/+/records");
        string job = await lab.SubmitAsync(lab.Folder.Write("cycle.json", Protocols.Cycles(2)));

        JsonElement ended = await lab.CompleteWithoutGapAsync(job);
        await Eventually.TrueAsync("all records at the subscriber", TimeSpan.FromSeconds(60), () => subscriber.SequenceNumbers.Count >= ended.Count("stored"));

        Assert.Equal(Enumerable.Range(1, (int)ended.Count("stored")).Select(number => (long)number), subscriber.SequenceNumbers);
    }

    private static async Task CheckExportsAsync(Lab lab, string job, long stored)
    {
        string folder = lab.Folder["export"];
        RunResult records = await lab.CliAsync("export", job, "--format", "bdf-csv", "--out", folder);
        RunResult cycles = await lab.CliAsync("export", job, "--format", "cycles-csv", "--out", folder);
        Assert.True(records.ExitCode == 0 && cycles.ExitCode == 0, $"{records}\n{cycles}");
        string[] files = records.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string csv = Assert.Single(files, file => file.EndsWith(".csv", StringComparison.Ordinal));
        Assert.Equal(stored, File.ReadLines(csv).Count() - 1);
        Assert.Equal(2, File.ReadLines(cycles.Output.Split('\n')[0]).Count() - 1);
    }
}
