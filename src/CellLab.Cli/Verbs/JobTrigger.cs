using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary><c>job trigger ID</c>: a pattern now. <c>--list</c> shows what became of all triggers.</summary>
internal static class JobTrigger
{
    public static Command Build(CliEnvironment environment)
    {
        Argument<string> id = JobVerbs.IdArgument();
        var list = new Option<bool>("--list") { Description = "Fires nothing; lists the job's triggers: fired, waiting, missed with the reason" };
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("trigger", "Asks the diffractometer of a running job for a pattern now") { id, list, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new ServiceClient(environment);
            string path = $"jobs/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/trigger";
            return parsed.GetValue(list)
                ? List(environment, parsed.GetValue(json), await service.GetAsync($"{path}s", cancellationToken))
                : await TellAsync(environment, parsed.GetValue(json), await service.PostAsync(path, new JsonObject(), null, cancellationToken));
        });
        return verb;
    }

    private static int List(CliEnvironment environment, bool json, JsonElement answer)
    {
        Listing.Write(
            environment, json, answer, "triggers",
            Column.Of("trigger", "trigger"), Column.Of("fate", "fate"), Column.Of("reason", "reason"), Column.Of("conditions", "conditions"),
            Column.Of("asked at", "condition_utc"), Column.Of("out at", "out_utc"), Column.Of("late s", "latency_s"), Column.Of("E/V", "e_v"), Column.Of("cycle", "cycle"));
        return ExitCodes.Done;
    }

    /// <summary>A trigger that was missed is exit code 1, with its reason.</summary>
    private static async Task<int> TellAsync(CliEnvironment environment, bool json, JsonElement answer)
    {
        bool missed = answer.TextOf("fate") == "Missed";
        string said = $"trigger {answer.TextOf("trigger")}: {answer.TextOf("fate")}{(answer.TextOf("reason") is { } reason ? $": {reason}" : "")}";
        if (json || !missed)
        {
            Listing.WriteAnswer(environment, json, answer, said);
        }

        if (missed)
        {
            await environment.Error.WriteLineAsync(said);
        }

        return missed ? ExitCodes.Failed : ExitCodes.Done;
    }
}
