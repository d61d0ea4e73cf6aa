using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Cli.Client;
using CellLab.Cli.Text;

namespace CellLab.Cli.Verbs;

/// <summary><c>job submit FILE</c>. The service checks everything; nothing is started or stored unless all of it is right.</summary>
internal sealed class JobSubmit
{
    private readonly Argument<string> file = new("FILE") { Description = "Protocol" };
    private readonly Option<string> pipeline = new("--pipeline") { Description = "Where to run it, as in the configuration", Required = true };
    private readonly Option<string> sample = new("--sample") { Description = "Cell under test, as in sample list", Required = true };
    private readonly Option<string> mass = new("--mass") { Description = "Active mass, for example 2.00mg; with --capacity an unknown sample is registered" };
    private readonly Option<string> capacity = new("--capacity") { Description = "What 1C means, for example 250mAh/g or 0.5mAh" };
    private readonly Option<string> acceptCapacity = new("--accept-capacity") { Description = "Reason why a new sample's capacity outside 50-400 mAh/g is right" };
    private readonly Option<string> acceptOcv = new("--accept-ocv") { Description = "Reason to start although the open-circuit voltage is outside the sample's range" };
    private readonly Option<string[]> set = SetOption.Create();
    private readonly Option<bool> acceptLosses = AcceptLosses.Create();
    private readonly Option<string> at = new("--at") { Description = "Not before this lab time, ISO 8601 with its time zone, for example 2026-03-01T08:00Z" };
    private readonly Option<bool> queue = new("--queue") { Description = "Run it after the job that holds the channel" };
    private readonly Option<bool> json = Listing.JsonOption();

    public static Command Build(CliEnvironment environment) => new JobSubmit().ToCommand(environment);

    private Command ToCommand(CliEnvironment environment)
    {
        var verb = new Command("submit", "Checks a protocol and queues it as a job") { file, pipeline, sample, mass, capacity, acceptCapacity, acceptOcv, set, at, queue, acceptLosses, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            JsonObject body = await BodyAsync(parsed, cancellationToken);
            using var service = new ServiceClient(environment);
            JsonElement answer = await service.PostAsync("jobs", body, Guid.NewGuid().ToString("N"), cancellationToken);
            Tell(environment, parsed.GetValue(json), answer);
            return ExitCodes.Done;
        });
        return verb;
    }

    private async Task<JsonObject> BodyAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string path = parsed.GetRequiredValue(file);
        string text = await InputFile.ReadAsync(path, cancellationToken);
        JsonObject body = JobRequest.Body(path, text, parsed.GetRequiredValue(pipeline), parsed.GetRequiredValue(sample));
        body["mass"] = parsed.GetValue(mass);
        body["capacity"] = parsed.GetValue(capacity);
        body["accept_capacity"] = parsed.GetValue(acceptCapacity);
        body["accept_ocv"] = parsed.GetValue(acceptOcv);
        body["at"] = parsed.GetValue(at);
        if (parsed.GetValue(queue))
        {
            body["queue"] = true;
        }

        if (parsed.GetValue(acceptLosses))
        {
            body["accept_losses"] = true;
        }

        if (SetOption.Read(parsed.GetValue(set)) is { Count: > 0 } settings)
        {
            body["set"] = new JsonObject(settings.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));
        }

        return body;
    }

    private static void Tell(CliEnvironment environment, bool json, JsonElement answer)
    {
        foreach (JsonElement warning in answer.Items("warnings"))
        {
            environment.Error.WriteLine($"warning: {warning.GetString()}");
        }

        string? job = answer.TextOf("job");
        Listing.WriteAnswer(environment, json, answer, $"job {job} queued; follow it with: celllab job watch {job}");
    }
}
