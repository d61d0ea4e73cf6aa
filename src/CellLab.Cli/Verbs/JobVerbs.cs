using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary>The verbs <c>job ...</c>.</summary>
internal static class JobVerbs
{
    public static Command Build(CliEnvironment environment) => new("job", "Start, watch and end experiments")
    {
        JobSubmit.Build(environment),
        List(environment),
        JobShow.Build(environment),
        JobWatch.Build(environment),
        Order(environment, "pause", "Asks the instrument to pause the test", "paused", ReasonOption(required: false)),
        JobResume.Build(environment),
        Order(environment, "stop", "Stops the test; returns when the instrument has confirmed it", "stopped", ReasonOption()),
        JobContinue.Build(environment),
        JobTrigger.Build(environment),
        JobLabel.Build(environment),
        Note(environment),
        Order(environment, "archive", "Writes an ended job into the archive folder, checks it there, and takes its records out of the data folder", "archived", ReasonOption(required: false)),
        Order(environment, "restore", "Brings the records of an archived job back", "restored", ReasonOption(required: false)),
    };

    private static Command List(CliEnvironment environment)
    {
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("list", "Lists jobs, running ones first, then the newest") { json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new ServiceClient(environment);
            JsonElement answer = await service.GetAsync("jobs", cancellationToken);
            Listing.Write(
                environment, parsed.GetValue(json), answer, "jobs",
                Column.Of("job", "job"), Column.Of("state", "state"), Column.Of("verdict", "verdict"), Column.Of("sample", "sample.name"),
                Column.Of("pipeline", "pipeline"), Column.Of("protocol", "protocol_name"), Column.Of("cycle", "progress.cycle"), Column.Of("submitted", "submitted_utc"),
                Column.Of("not before", "not_before_utc"), Column.Of("behind", "queued_behind"), Column.Of("archived", "archived.at_utc"));
            return ExitCodes.Done;
        });
        return verb;
    }

    internal static Option<string> ReasonOption(bool required = true) => new("--reason") { Description = "Why; kept in the audit log", Required = required };

    private static Command Order(CliEnvironment environment, string order, string description, string done, Option<string>? reason)
    {
        Argument<string> id = IdArgument();
        Option<bool> json = Listing.JsonOption();
        var verb = new Command(order, description) { id, json };
        if (reason is not null)
        {
            verb.Add(reason);
        }

        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var body = new JsonObject();
            if (reason is not null)
            {
                body["reason"] = parsed.GetValue(reason);
            }

            using var service = new ServiceClient(environment);
            string job = parsed.GetRequiredValue(id);
            JsonElement answer = await service.PostAsync($"jobs/{Uri.EscapeDataString(job)}/{order}", body, null, cancellationToken);
            Listing.WriteAnswer(environment, parsed.GetValue(json), answer, $"job {job}: {done}");
            return ExitCodes.Done;
        });
        return verb;
    }

    private static Command Note(CliEnvironment environment)
    {
        Argument<string> id = IdArgument();
        var text = new Argument<string>("TEXT") { Description = "What to remember about this job" };
        var verb = new Command("note", "Adds a remark to the job's events") { id, text };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new ServiceClient(environment);
            string job = parsed.GetRequiredValue(id);
            var body = new JsonObject { ["text"] = parsed.GetRequiredValue(text) };
            await service.PostAsync($"jobs/{Uri.EscapeDataString(job)}/note", body, null, cancellationToken);
            await environment.Out.WriteLineAsync($"job {job}: noted");
            return ExitCodes.Done;
        });
        return verb;
    }

    internal static Argument<string> IdArgument() => new("ID") { Description = "Job, as in job list" };
}
