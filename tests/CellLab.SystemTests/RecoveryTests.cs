using System.Diagnostics;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

/// <summary>Whatever is killed or cut in mid-test: the same job goes on, no gap, no repeat, no second start.</summary>
public sealed class RecoveryTests
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan BrokerLimit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task The_service_killed_in_mid_test()
    {
        await using Lab lab = await Lab.StartAsync();
        string job = await lab.SubmitAsync(lab.Folder.Write("cycles.json", Protocols.Cycles(4)));
        await lab.WaitForRecordsAsync(job, 200);

        await lab.Service.KillAsync();
        await lab.StartServiceAsync();

        await lab.CompleteWithoutGapAsync(job);
    }

    [Fact]
    public async Task The_service_killed_between_start_command_and_confirmation()
    {
        await using Lab lab = await Lab.StartAsync();
        string protocol = lab.Folder.Write("cycles.json", Protocols.Cycles(2));
        await lab.SetFaultAsync("delay", "command=start", "ms=20000");
        string job = await lab.SubmitAsync(protocol);
        await Eventually.TrueAsync("the instrument to have started", StartLimit, () => lab.Bench.Said.Contains("steps started", StringComparison.Ordinal));

        await lab.Service.KillAsync();
        await lab.ClearFaultAsync("delay");
        await lab.StartServiceAsync();

        await lab.CompleteWithoutGapAsync(job);
        Assert.Equal(2, lab.Bench.Said.Split("steps started").Length);
    }

    [Fact]
    public async Task A_start_command_that_never_arrived_is_not_repeated_without_a_person()
    {
        await using Lab lab = await Lab.StartAsync();
        string protocol = lab.Folder.Write("cycles.json", Protocols.Cycles(1));
        await lab.SetFaultAsync("delay", "ms=3000");
        string job = await lab.SubmitAsync(protocol);
        await lab.WaitAsync(job, "to be starting", answer => answer.State() == "Starting");
        await lab.Service.KillAsync();
        await lab.ClearFaultAsync("delay");
        await lab.StartServiceAsync();

        await lab.WaitAsync(job, "to wait for a person", answer => answer.State() == "Waiting");
        Assert.DoesNotContain("steps started", lab.Bench.Said, StringComparison.Ordinal);
        RunResult resumed = await lab.CliAsync("job", "resume", job);

        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        await lab.WaitAsync(job, "to complete", answer => answer.IsSettled() && answer.State() == "Completed");
    }

    [Fact]
    public async Task The_analysis_killed_in_mid_test()
    {
        await using Lab lab = await Lab.StartAsync(new LabOptions { SeparateAnalysis = true });
        string job = await lab.SubmitAsync(lab.Folder.Write("cycles.json", Protocols.Cycles(4)));
        await lab.WaitAsync(job, "to be analysed in part", answer => answer.Count("analysed") > 100);

        await lab.Analysis!.KillAsync();
        await lab.WaitForRecordsAsync(job, 600);
        lab.StartAnalysis();

        await lab.CompleteWithoutGapAsync(job);
    }

    [Fact]
    public async Task The_broker_killed_in_mid_test_costs_a_subscriber_no_record()
    {
        await using Lab lab = await Lab.StartAsync();
        await using Subscriber subscriber = Subscriber.Start(lab.MqttPort, "celllab/v1/+/job/+/records");
        string job = await lab.SubmitAsync(lab.Folder.Write("cycles.json", Protocols.Cycles(4)));
        await lab.WaitForRecordsAsync(job, 300);

        int broker = ProcessTable.Descendant(lab.Service.Id, "mosquitto") ?? throw new InvalidOperationException("the service has no broker");
        using (Process process = Process.GetProcessById(broker))
        {
            process.Kill();
        }

        var ended = await lab.CompleteWithoutGapAsync(job);
        await Eventually.TrueAsync(
            "all records at the subscriber", BrokerLimit, () => subscriber.SequenceNumbers.Distinct().Count() == ended.Count("stored"));
    }

    [Fact]
    public async Task The_connection_to_the_cycler_cut_ten_times()
    {
        await using Lab lab = await Lab.StartAsync();
        string job = await lab.SubmitAsync(lab.Folder.Write("cycles.json", Protocols.Cycles(6)));
        for (int cut = 1; cut <= 10; cut++)
        {
            await lab.WaitForRecordsAsync(job, cut * 60);
            await lab.SetFaultAsync("cut-mid-reply", "times=1");
        }

        await lab.CompleteWithoutGapAsync(job);
    }
}
