using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

public sealed class ClientTests
{
    [Fact]
    public async Task A_service_that_is_not_there_ends_with_3_and_the_address_well_under_a_second_or_two()
    {
        int port = Ports.Free();
        var request = new RunRequest { Variables = new Dictionary<string, string?> { ["CELLLAB_URL"] = $"http://127.0.0.1:{port}" } };

        RunResult result = await App.RunAsync(request, "job", "list");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"127.0.0.1:{port}", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("job", "continue")]
    [InlineData("frobnicate", "now")]
    public async Task Verbs_that_are_not_there_end_with_2(string verb, string more)
    {
        RunResult result = await App.RunAsync(verb, more);
        Assert.Equal(2, result.ExitCode);
        Assert.NotEmpty(result.Reason);
    }

    [Fact]
    public async Task Help_names_every_verb()
    {
        RunResult result = await App.RunAsync("--help");
        Assert.Equal(0, result.ExitCode);
        foreach (string verb in new[] { "demo", "test", "serve", "sim", "device", "sample", "protocol", "job", "export", "alarm", "doctor", "benchmark" })
        {
            Assert.Contains($"\n  {verb}", result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Job_list_answers_in_under_a_second()
    {
        await using Lab lab = await Lab.StartAsync();
        await lab.CliAsync("job", "list");
        TimeProvider wall = TimeProvider.System;
        var times = new List<TimeSpan>();
        for (int i = 0; i < 5; i++)
        {
            long started = wall.GetTimestamp();
            RunResult result = await lab.CliAsync("job", "list");
            times.Add(wall.GetElapsedTime(started));
            Assert.True(result.ExitCode == 0, result.ToString());
        }

        Assert.True(times.Min() < TimeSpan.FromSeconds(1), $"the fastest of five took {times.Min().TotalMilliseconds:0} ms");
    }
}
