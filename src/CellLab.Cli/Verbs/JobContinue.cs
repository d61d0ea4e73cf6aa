using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary><c>job continue ID</c>: what is left of a job that ended before its end becomes a new segment of the same job.</summary>
internal static class JobContinue
{
    public static Command Build(CliEnvironment environment)
    {
        Argument<string> id = JobVerbs.IdArgument();
        var on = new Option<string>("--on") { Description = "Channel (device.channel) or pipeline; default: where it ran last" };
        var acceptOcv = new Option<string>("--accept-ocv") { Description = "Reason to start although the cell's voltage is not where it was last seen" };
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("continue", "Runs what is left of a job that was stopped, failed or lost its tester") { id, on, acceptOcv, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var body = new JsonObject { ["on"] = parsed.GetValue(on), ["accept_ocv"] = parsed.GetValue(acceptOcv) };
            string job = parsed.GetRequiredValue(id);
            using var service = new ServiceClient(environment);
            JsonElement answer = await service.PostAsync($"jobs/{Uri.EscapeDataString(job)}/continue", body, null, cancellationToken);
            Listing.WriteAnswer(environment, parsed.GetValue(json), answer, $"job {job}: {answer.TextOf("state_reason")}");
            return ExitCodes.Done;
        });
        return verb;
    }
}
