using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary><c>job resume ID</c>: the yes of a person, which the start may still refuse. A job that goes on waiting is exit code 1.</summary>
internal static class JobResume
{
    public static Command Build(CliEnvironment environment)
    {
        Argument<string> id = JobVerbs.IdArgument();
        var acceptOcv = new Option<string>("--accept-ocv") { Description = "Reason to start a waiting job although the cell's voltage is not as expected" };
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("resume", "Continues a paused test; starts a job that waits for a person's yes") { id, acceptOcv, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string job = parsed.GetRequiredValue(id);
            var body = new JsonObject { ["accept_ocv"] = parsed.GetValue(acceptOcv) };
            using var service = new ServiceClient(environment);
            JsonElement answer = await service.PostAsync($"jobs/{Uri.EscapeDataString(job)}/resume", body, null, cancellationToken);
            return await ToldAsync(environment, parsed.GetValue(json), job, answer);
        });
        return verb;
    }

    private static async Task<int> ToldAsync(CliEnvironment environment, bool json, string job, JsonElement answer)
    {
        string said = $"job {job}: {answer.TextOf("state")}: {answer.TextOf("state_reason")}";
        bool waits = answer.TextOf("state") == "Waiting";
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
