using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary><c>job resume ID</c>: the yes of a person, which the start may still refuse. A job that goes on waiting is exit code 1; one that waits for the next thing is not.</summary>
internal static class JobResume
{
    public static Command Build(CliEnvironment environment)
    {
        Argument<string> id = JobVerbs.IdArgument();
        var acceptOcv = new Option<string>("--accept-ocv") { Description = "Reason to go on although the cell's voltage is not as expected: for a job that waits, or that is paused between two segments (after a harvest)" };
        Option<string> reason = JobVerbs.ReasonOption(required: false);
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("resume", "Continues a paused test; starts a job that waits for a person's yes") { id, acceptOcv, reason, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string job = parsed.GetRequiredValue(id);
            var body = new JsonObject { ["accept_ocv"] = parsed.GetValue(acceptOcv), ["reason"] = parsed.GetValue(reason) };
            using var service = new ServiceClient(environment);
            int before = Segments(await service.GetAsync($"jobs/{Uri.EscapeDataString(job)}", cancellationToken));
            JsonElement answer = await service.PostAsync($"jobs/{Uri.EscapeDataString(job)}/resume", body, null, cancellationToken);
            return await ToldAsync(environment, parsed.GetValue(json), job, answer, wentOn: Segments(answer) > before);
        });
        return verb;
    }

    private static int Segments(JsonElement job) => job.At("segments") is { ValueKind: JsonValueKind.Array } segments ? segments.GetArrayLength() : 0;

    private static async Task<int> ToldAsync(CliEnvironment environment, bool json, string job, JsonElement answer, bool wentOn)
    {
        string said = $"job {job}: {answer.TextOf("state")}: {answer.TextOf("state_reason")}";
        bool waits = answer.TextOf("state") == "Waiting" && !wentOn; // after a harvest the next step may be another task for a person
        if (json || !waits)
        {
            Listing.WriteAnswer(environment, json, answer, said);
        }

        if (waits)
        {
            await environment.Error.WriteLineAsync(said);
        }

        return waits ? ExitCodes.Failed : ExitCodes.Done;
    }
}
