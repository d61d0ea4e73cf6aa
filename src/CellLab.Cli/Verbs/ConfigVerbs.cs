using System.CommandLine;
using System.Text.Json;
using CellLab.Cli.Client;
using CellLab.Cli.Text;
using CellLab.Service.Options;

namespace CellLab.Cli.Verbs;

/// <summary>The verbs <c>config ...</c>.</summary>
internal static class ConfigVerbs
{
    public static Command Build(CliEnvironment environment) => new("config", "The service's configuration file") { Check(environment), Reload(environment) };

    private static Command Check(CliEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "Configuration of a node" };
        var verb = new Command("check", "Reads a configuration file as the service would, without a service; what a driver makes of its settings is seen at start or reload") { file };
        verb.SetAction(parsed =>
        {
            ServiceConfiguration configuration = ConfigurationFile.Load(parsed.GetRequiredValue(file));
            environment.Out.WriteLine($"{configuration.File}: {configuration.Devices.Count} devices, {configuration.Pipelines.Count} pipelines");
            return ExitCodes.Done;
        });
        return verb;
    }

    private static Command Reload(CliEnvironment environment)
    {
        Option<bool> json = Listing.JsonOption();
        var verb = new Command("reload", "Has the running service read its file again; running cells are not touched") { json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = new ServiceClient(environment);
            JsonElement answer = await service.PostAsync("node/reload", null, null, cancellationToken);
            if (parsed.GetValue(json))
            {
                Listing.WriteJson(environment, answer);
                return ExitCodes.Done;
            }

            await WriteAsync(environment.Out, answer);
            return ExitCodes.Done;
        });
        return verb;
    }

    private static async Task WriteAsync(TextWriter output, JsonElement answer)
    {
        string[] changed = [.. answer.GetProperty("changed").EnumerateArray().Select(item => item.GetString()!)];
        string[] waiting = [.. answer.GetProperty("needs_restart").EnumerateArray().Select(item => item.GetString()!)];
        foreach (string line in changed.Length > 0 ? changed : ["nothing to change"])
        {
            await output.WriteLineAsync(line);
        }

        if (waiting.Length > 0)
        {
            await output.WriteLineAsync($"needs a restart of the service: {string.Join(", ", waiting)}");
        }
    }
}
