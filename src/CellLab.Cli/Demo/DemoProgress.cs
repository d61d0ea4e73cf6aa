using System.Text.Json;
using CellLab.Cli.Client;
using CellLab.Cli.Text;
using Spectre.Console;

namespace CellLab.Cli.Demo;

/// <summary>Shows where the jobs stand until they have ended and everything that was acquired is stored, published and analysed.</summary>
internal sealed class DemoProgress(CliEnvironment environment, ServiceClient service, DemoProcesses processes)
{
    private static readonly string[] Headers = ["sample", "state", "cycle", "lab time", "voltage", "stored", "published", "analysed"];
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StandstillLimit = TimeSpan.FromMinutes(2);

    public Task FollowAsync(IReadOnlyList<string> jobs, CancellationToken cancellationToken) => environment.IsTerminal
        ? AnsiConsole.Live(new Table()).StartAsync(live => FollowAsync(jobs, answers => Draw(live, answers), cancellationToken))
        : FollowAsync(jobs, Plain(), cancellationToken);

    private async Task FollowAsync(IReadOnlyList<string> jobs, Action<IReadOnlyList<JsonElement>> show, CancellationToken cancellationToken)
    {
        var standstill = new Standstill(environment.Wall, StandstillLimit);
        using var timer = new PeriodicTimer(LookAgain, environment.Wall);
        do
        {
            processes.RequireAlive();
            var answers = new List<JsonElement>();
            foreach (string job in jobs)
            {
                answers.Add(await service.GetAsync($"jobs/{job}", cancellationToken));
            }

            show(answers);
            if (answers.All(IsDone) && await AllCyclesWholeAsync(jobs, cancellationToken))
            {
                return;
            }

            standstill.Look(string.Join('\n', answers.Select(ProgressLine.Of)) + string.Join(' ', answers.Select(Counts)));
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private static bool IsDone(JsonElement job)
    {
        double? acquired = job.NumberOf("counts.acquired");
        return JobStates.IsFinal(job)
            && job.NumberOf("counts.stored") == acquired && job.NumberOf("counts.published") == acquired && job.NumberOf("counts.analysed") == acquired
            && (job.At("stream_counts") is not { ValueKind: JsonValueKind.Object } streams || streams.EnumerateObject().All(stream => IsDoneStream(stream.Value)));
    }

    /// <summary>Gas, spectra and patterns too.</summary>
    private static bool IsDoneStream(JsonElement counts) =>
        counts.NumberOf("published") == counts.NumberOf("stored") && counts.NumberOf("analysed") == counts.NumberOf("stored");

    /// <summary>The analysis closes the last cycle when it learns that the job has ended, a moment after its last record.</summary>
    private async Task<bool> AllCyclesWholeAsync(IReadOnlyList<string> jobs, CancellationToken cancellationToken)
    {
        foreach (string job in jobs)
        {
            JsonElement answer = await service.GetAsync($"jobs/{job}/cycles", cancellationToken);
            if (answer.Items("cycles").LastOrDefault() is { ValueKind: JsonValueKind.Object } last && last.TextOf("complete") != "yes")
            {
                return false;
            }
        }

        return true;
    }

    private static string Counts(JsonElement job) => job.At("counts")?.GetRawText() ?? "";

    private Action<IReadOnlyList<JsonElement>> Plain()
    {
        long? shown = null;
        return answers =>
        {
            if (shown is { } last && environment.Wall.GetElapsedTime(last) < PlainInterval)
            {
                return;
            }

            shown = environment.Wall.GetTimestamp();
            foreach (JsonElement job in answers)
            {
                environment.Out.WriteLine(ProgressLine.Of(job));
            }
        };
    }

    private static void Draw(LiveDisplayContext live, IReadOnlyList<JsonElement> answers)
    {
        Table table = new Table().Border(TableBorder.None).AddColumns(
            [.. Headers.Select(header => new TableColumn(header) { NoWrap = true, Padding = new Padding(0, 0, 1, 0) })]);
        foreach (JsonElement job in answers)
        {
            table.AddRow([.. Cells(job).Select(cell => new Markup(Markup.Escape(cell)))]);
        }

        live.UpdateTarget(table);
    }

    /// <summary>As much as fits a terminal of 80 columns.</summary>
    private static string[] Cells(JsonElement job) =>
    [
        job.TextOf("sample.name") ?? "", job.TextOf("state") ?? "", $"{job.TextOf("progress.cycle")} {job.TextOf("progress.block")}",
        job.NumberOf("progress.test_time_s") is { } seconds ? $"{seconds / 3600:0.0} h" : "", job.FixedOf("progress.voltage_v", "0.000 V"),
        job.TextOf("counts.stored") ?? "", job.TextOf("counts.published") ?? "", job.TextOf("counts.analysed") ?? "",
    ];
}
