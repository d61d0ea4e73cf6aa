using System.Diagnostics;
using CellLab.SystemTests.Harness;

namespace CellLab.SystemTests;

public sealed class LauncherTests : IDisposable
{
    private readonly FakeRepository repository = new();

    [Fact]
    public async Task The_first_start_builds_the_second_does_not_and_output_is_the_program_s_alone()
    {
        RunResult first = await repository.RunAsync("job", "list", "--json");
        RunResult second = await repository.RunAsync("job", "list", "--json");

        Assert.Equal("one: job list --json\n", first.Output);
        Assert.Equal("one: job list --json\n", second.Output);
        Assert.Empty(second.Error);
        Assert.Single(repository.Calls, call => call == "publish");
    }

    [Fact]
    public async Task A_changed_source_is_built_without_a_restore_and_the_old_build_stays()
    {
        await repository.RunAsync("x");
        repository.Source = "two";
        RunResult changed = await repository.RunAsync("x");
        repository.Source = "one";
        RunResult back = await repository.RunAsync("x");

        Assert.Equal("two: x\n", changed.Output);
        Assert.Equal("one: x\n", back.Output);
        Assert.Equal(2, repository.Calls.Count(call => call == "publish"));
        Assert.Single(repository.Calls, call => call == "restore");
        Assert.Equal(2, Directory.GetDirectories(repository["artifacts/app"]).Length);
    }

    [Fact]
    public async Task Old_builds_are_removed_but_not_one_that_runs()
    {
        repository.Variables["PROGRAM"] = "/bin/sleep";
        await repository.RunAsync("0");
        string first = Assert.Single(Directory.GetDirectories(repository["artifacts/app"]));
        using Process running = Process.Start(Path.Combine(first, "celllab"), "120");
        try
        {
            foreach (int version in Enumerable.Range(1, 7))
            {
                repository.Source = $"version {version}";
                await repository.RunAsync("0");
            }
        }
        finally
        {
            running.Kill();
        }

        string[] kept = Directory.GetDirectories(repository["artifacts/app"]);
        Assert.Contains(first, kept);
        Assert.Equal(6, kept.Length); // the last five and the running one
    }

    [Fact]
    public async Task A_package_that_is_there_is_found_in_a_list_of_any_length()
    {
        repository.AddTool("mosquitto", "#!/bin/sh\n");
        repository.AddTool("ldconfig", "#!/bin/sh\necho 'libmosquitto.so.1 => /usr/lib/libmosquitto.so.1'\nseq 100000\n");
        repository.AddTool("apt-get", "#!/bin/sh\nexit 1\n");

        RunResult result = await repository.RunAsync("serve");

        Assert.Equal("one: serve\n", result.Output);
        Assert.DoesNotContain("missing", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_project_file_is_restored()
    {
        await repository.RunAsync("x");
        await File.WriteAllTextAsync(repository["src/CellLab.Cli/CellLab.Cli.csproj"], "<Project />");
        await repository.RunAsync("x");
        Assert.Equal(2, repository.Calls.Count(call => call == "restore"));
    }

    [Fact]
    public async Task A_failed_build_prints_the_compiler_s_errors_and_leaves_the_last_build_current()
    {
        await repository.RunAsync("x");
        repository.Source = "BROKEN";

        RunResult failed = await repository.RunAsync("x");
        repository.Variables["CELLLAB_NO_BUILD"] = "1";
        RunResult last = await repository.RunAsync("x");

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("error CS1002", failed.Error, StringComparison.Ordinal);
        Assert.Equal("one: x\n", last.Output);
        Assert.Single(Directory.GetDirectories(repository["artifacts/app"]));
    }

    [Fact]
    public async Task Without_a_build_and_told_not_to_build_it_says_so()
    {
        repository.Variables["CELLLAB_NO_BUILD"] = "1";
        RunResult result = await repository.RunAsync("x");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("CELLLAB_NO_BUILD", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_sums_the_projects_and_ends_with_one_line()
    {
        RunResult result = await repository.RunAsync("test");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("28 passed, 0 failed", result.Output.TrimEnd('\n').Split('\n')[^1]);
    }

    [Theory]
    [InlineData("5", "2", "1", "5 passed, 2 failed")]
    [InlineData("5", "0", "134", "5 passed, 1 failed")]
    [InlineData("0", "0", "0", "0 passed, 0 failed")]
    public async Task Failures_crashes_and_empty_runs_fail(string passed, string failed, string exit, string last)
    {
        repository.Variables["PASSED"] = passed;
        repository.Variables["FAILED"] = failed;
        repository.Variables["TEST_EXIT"] = exit;
        RunResult result = await repository.RunAsync("test", "--quick");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(last, result.Output.TrimEnd('\n').Split('\n')[^1]);
    }

    [Fact]
    public async Task A_contract_test_that_fails_is_run_once_more_alone_and_told_apart_when_it_passes_then()
    {
        repository.Variables["FAILING_contract"] = "N.T.Late_answer(wire: &quot;tcp&quot;)";
        RunResult result = await repository.RunAsync("test");
        Assert.Equal((0, "29 passed, 0 failed"), (result.ExitCode, result.Output.TrimEnd('\n').Split('\n')[^1]));
        Assert.Contains("failed at first and passed when run once more, alone:\nN.T.Late_answer(wire: \"tcp\")", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FAILING_contract", "FAILING_contract_again")]
    [InlineData("FAILING_unit", "FAILING_unit")]
    [InlineData("FAILING_broad", "FAILING_broad")]
    public async Task A_test_that_fails_twice_or_needs_no_machine_time_has_failed(string first, string second)
    {
        repository.Variables[first] = "N.T.Wrong_sum";
        repository.Variables[second] = "N.T.Wrong_sum";
        RunResult result = await repository.RunAsync("test");
        Assert.Equal((1, "28 passed, 1 failed"), (result.ExitCode, result.Output.TrimEnd('\n').Split('\n')[^1]));
        Assert.DoesNotContain("failed at first and passed", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_option_of_test_is_wrong_usage() => Assert.Equal(2, (await repository.RunAsync("test", "--fast")).ExitCode);

    public void Dispose() => repository.Dispose();
}
