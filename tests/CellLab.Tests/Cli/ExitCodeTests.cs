using System.Net;

namespace CellLab.Tests.Cli;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("jbo")]
    [InlineData("job lst")]
    [InlineData("job list --everything")]
    [InlineData("job stop abc")]
    [InlineData("export abc --format xlsx")]
    [InlineData("demo --speed 0")]
    [InlineData("demo --port 99999")]
    [InlineData("job submit")]
    public async Task Wrong_usage_ends_with_2_and_says_where_help_is(string line)
    {
        var run = new CliRun();

        int code = await run.RunAsync(line.Split(' '));

        Assert.Equal(2, code);
        Assert.Contains("--help", run.Reason, StringComparison.Ordinal);
        Assert.Empty(run.Sent);
    }

    [Theory]
    [InlineData("sim --speed abc", "--speed: 'abc' is not a number")]
    [InlineData("demo --speed abc", "--speed: 'abc' is not a number")]
    [InlineData("demo --port http", "--port: 'http' is not a whole number")]
    [InlineData("demo --port 80.5", "--port: '80.5' is not a whole number")]
    [InlineData("demo --speed", "--speed")]
    [InlineData("sim --http-port 5x", "Cannot parse argument '5x' for option '--http-port';")]
    public async Task A_value_that_is_no_number_is_wrong_usage_and_named(string line, string reason)
    {
        var run = new CliRun();

        Assert.Equal(2, await run.RunAsync(line.Split(' ')));

        Assert.Contains(reason, run.Reason, StringComparison.Ordinal);
        Assert.Contains("--help", run.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("job show", "ID is missing")]
    [InlineData("job note abc", "TEXT is missing")]
    [InlineData("protocol check", "FILE is missing")]
    public async Task A_missing_argument_is_named(string line, string reason)
    {
        var run = new CliRun();
        Assert.Equal(2, await run.RunAsync(line.Split(' ')));
        Assert.StartsWith(reason, run.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("protocol check FOLDER", "a folder stands where a file is expected")]
    [InlineData("analyze FOLDER", "a folder stands where a file is expected")]
    [InlineData("device decode neware FOLDER", "a folder stands where a file is expected")]
    [InlineData("protocol check FOLDER/none.json", "there is no such file")]
    public async Task A_path_that_is_no_file_is_told_in_plain_words(string line, string reason)
    {
        string folder = Directory.CreateTempSubdirectory("celllab-folder-").FullName;
        var run = new CliRun();

        int code = await run.RunAsync(line.Replace("FOLDER", folder, StringComparison.Ordinal).Split(' '));

        Assert.Empty(Directory.GetFileSystemEntries(folder));
        Directory.Delete(folder);
        Assert.Equal(1, code);
        Assert.Contains(reason, run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_word_that_nobody_knows_is_named()
    {
        var run = new CliRun();
        await run.RunAsync("job", "lst");
        Assert.StartsWith("'lst' is not known here", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absent_service_ends_with_3_and_the_address_that_was_tried()
    {
        var run = new CliRun { ServiceIsAway = true, ServiceUrl = "http://127.0.0.1:9123" };

        int code = await run.RunAsync("job", "list");

        Assert.Equal(3, code);
        Assert.Contains("http://127.0.0.1:9123", run.Reason, StringComparison.Ordinal);
        Assert.Contains("CELLLAB_URL", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bench_that_does_not_run_ends_with_3_and_the_folder_that_was_tried()
    {
        string folder = Directory.CreateTempSubdirectory("celllab-no-bench-").FullName;
        var run = new CliRun();

        int code = await run.RunAsync("sim", "fault", "list", "--state", folder);

        Directory.Delete(folder);
        Assert.Equal(3, code);
        Assert.StartsWith($"no bench answers on {folder}", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_address_that_is_none_ends_with_2()
    {
        var run = new CliRun { ServiceUrl = "somewhere" };
        Assert.Equal(2, await run.RunAsync("job", "list"));
        Assert.Contains("somewhere", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_ends_with_1_and_tells_field_reason_and_remedy()
    {
        const string problem = """{"status":422,"detail":"'2 g' gives 2500 mg/cm2.","field":"active_mass","hint":"Nothing was stored."}""";
        CliRun run = new CliRun().Answering("POST /api/v1/samples", problem, HttpStatusCode.UnprocessableEntity);

        int code = await run.RunAsync("sample", "add", "s1", "--active-mass", "2 g", "--capacity", "250mAh/g");

        Assert.Equal(1, code);
        Assert.Equal("active_mass: '2 g' gives 2500 mg/cm2.", run.Reason);
        Assert.Contains("Nothing was stored.", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_problem_details_still_gives_a_reason()
    {
        CliRun run = new CliRun().Answering("GET /api/v1/jobs", "oops", HttpStatusCode.BadGateway);
        Assert.Equal(1, await run.RunAsync("job", "list"));
        Assert.Contains("502", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbs_of_the_launcher_point_to_the_launcher()
    {
        var run = new CliRun();
        Assert.Equal(2, await run.RunAsync("test", "--quick"));
        Assert.Contains("./celllab test", run.Reason, StringComparison.Ordinal);
    }
}
